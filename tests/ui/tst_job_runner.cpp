#include "ui/jobs/job_runner.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>
#include <semaphore>

using namespace perennial;

class tst_JobRunner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void resultArrivesOnTheUiThread()
    {
        JobRunner runner;
        QThread *worker = nullptr, *receiver = nullptr;
        int got = 0;
        runner.start<int>(
            QStringLiteral("six times seven"),
            [&worker](const Task &) -> Result<int> {
                worker = QThread::currentThread();
                return 42;
            },
            this,
            [&](Result<int> result) {
                receiver = QThread::currentThread();
                got = result.ok() ? *result : -1;
            });
        runner.waitUntilIdle();
        QCOMPARE(got, 42);
        QCOMPARE(receiver, thread());
        QVERIFY(worker != thread());
        QCOMPARE(runner.jobs().size(), std::size_t{1});
        QCOMPARE(runner.jobs()[0].state, JobState::Done);
        runner.clearFinished();
        QVERIFY(runner.jobs().empty());
    }

    void cancelReachesTheWorkerAndTheCaller()
    {
        JobRunner runner;
        std::binary_semaphore running{0};
        std::optional<ErrorCode> code;
        const JobId id = runner.start<int>(
            QStringLiteral("endless"),
            [&running](const Task &task) -> Result<int> {
                running.release();
                while (!task.cancelled()) {
                    QThread::yieldCurrentThread();
                }
                return fail(ErrorCode::Cancelled);
            },
            this, [&code](Result<int> result) { code = result.error().code; });
        running.acquire();
        runner.cancel(id);
        runner.waitUntilIdle();
        QCOMPARE(code, ErrorCode::Cancelled);
        QCOMPARE(runner.jobs()[0].state, JobState::Cancelled);
    }

    void newerJobOfAGroupSupersedes()
    {
        JobRunner runner;
        std::binary_semaphore running{0};
        QStringList got;
        const auto done = [&got](Result<QString> result) {
            got << (result.ok() ? *result : QStringLiteral("error"));
        };
        runner.start<QString>(
            QStringLiteral("old"),
            [&running](const Task &task) -> Result<QString> {
                running.release();
                while (!task.cancelled()) {
                    QThread::yieldCurrentThread();
                }
                return QStringLiteral("old"); // finished anyway: must be dropped
            },
            this, done, QStringLiteral("group"));
        running.acquire();
        runner.start<QString>(
            QStringLiteral("new"),
            [](const Task &) -> Result<QString> { return QStringLiteral("new"); }, this, done,
            QStringLiteral("group"));
        runner.waitUntilIdle();
        QCOMPARE(got, QStringList{QStringLiteral("new")});
        QCOMPARE(runner.jobs().size(), std::size_t{1}); // the superseded one left the list
    }

    void abandonedJobsBringNothing()
    {
        JobRunner runner;
        std::binary_semaphore running{0};
        std::optional<Result<int>> got;
        runner.start<int>(
            QStringLiteral("reader"),
            [&running](const Task &task) -> Result<int> {
                running.release();
                while (!task.cancelled()) {
                    QThread::yieldCurrentThread();
                }
                return 7; // of the project before
            },
            this, [&got](Result<int> result) { got = result; });
        running.acquire();
        runner.abandonAll();
        runner.waitUntilIdle();
        QVERIFY(got.has_value());
        QCOMPARE(got->error().code, ErrorCode::Cancelled);
    }

    void contextGoneMeansNoCall()
    {
        JobRunner runner;
        bool called = false;
        auto context = std::make_unique<QObject>();
        runner.start<int>(
            QStringLiteral("orphan"), [](const Task &) -> Result<int> { return 1; }, context.get(),
            [&called](Result<int>) { called = true; });
        context.reset();
        runner.waitUntilIdle();
        QVERIFY(!called);
    }

    void whatAJobThrowsIsAnError()
    {
        JobRunner runner;
        std::optional<Error> error;
        runner.start<int>(
            QStringLiteral("thrower"),
            [](const Task &) -> Result<int> { throw std::runtime_error("boom"); }, this,
            [&error](Result<int> result) { error = result.error(); });
        runner.waitUntilIdle();
        QVERIFY(error.has_value());
        QCOMPARE(error->code, ErrorCode::Internal);
        QCOMPARE(error->detail, std::string("boom"));
        QCOMPARE(runner.jobs()[0].state, JobState::Failed);
    }

    void destroyingWaitsForTheWorker()
    {
        std::atomic<bool> finished{false};
        std::binary_semaphore running{0};
        {
            JobRunner runner;
            runner.start<int>(
                QStringLiteral("last"),
                [&](const Task &task) -> Result<int> {
                    running.release();
                    while (!task.cancelled()) {
                        QThread::yieldCurrentThread();
                    }
                    finished = true;
                    return 1;
                },
                this, nullptr);
            running.acquire();
        }
        QVERIFY(finished);
    }

    void aJobStartedByDoneKeepsTheRunnerBusy()
    {
        JobRunner runner;
        int steps = 0;
        runner.start<int>(
            QStringLiteral("first"), [](const Task &) -> Result<int> { return 1; }, this,
            [&](Result<int>) {
                ++steps;
                runner.start<int>(
                    QStringLiteral("second"), [](const Task &) -> Result<int> { return 2; }, this,
                    [&steps](Result<int>) { ++steps; });
            });
        runner.waitUntilIdle();
        QCOMPARE(steps, 2);
    }

    void progressIsCoalesced()
    {
        JobRunner runner;
        QSignalSpy changes(&runner, &JobRunner::jobsChanged);
        runner.start<int>(
            QStringLiteral("chatty"),
            [](const Task &task) -> Result<int> {
                for (int i = 0; i < 100'000; ++i) {
                    task.progress(i / 1e5, "counting");
                }
                return 1;
            },
            this, nullptr);
        runner.waitUntilIdle();
        QVERIFY(changes.size() < 1000);
    }

    void quietJobsLeaveNoLine()
    {
        JobRunner runner;
        runner.start<int>(
            QStringLiteral("quiet"), [](const Task &) -> Result<int> { return 1; }, this, nullptr,
            {}, JobVisibility::Quiet);
        QCOMPARE(runner.runningCount(), 1);
        runner.waitUntilIdle();
        QVERIFY(runner.jobs().empty());
    }
};

QTEST_GUILESS_MAIN(tst_JobRunner)
#include "tst_job_runner.moc"
