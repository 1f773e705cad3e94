#include "core/base/kept.h"

#include <QTest>

#include <atomic>
#include <latch>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

using namespace perennial;

namespace {

using Text = std::shared_ptr<const std::string>;

} // namespace

class TestKept : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isMadeOncePerKey()
    {
        Kept<int, std::string> kept;
        int made = 0;
        const auto get = [&](int key) {
            return *kept.get(key, Task(), [&]() -> Result<Text> {
                ++made;
                return std::make_shared<const std::string>(std::to_string(key));
            });
        };
        const Text first = get(1);
        QCOMPARE(get(1), first);
        QCOMPARE(made, 1);
        QCOMPARE(*get(2), std::string("2"));
        QCOMPARE(*first, std::string("1")); // who has it keeps it
        QCOMPARE(*get(1), std::string("1"));
        QCOMPARE(made, 3);
    }

    void afterAFailureTheLastIsStillThere()
    {
        Kept<int, std::string> kept;
        const Text first = *kept.get(1, Task(), []() -> Result<Text> {
            return std::make_shared<const std::string>("one");
        });
        const auto failed = kept.get(2, Task(), []() -> Result<Text> {
            return fail(ErrorCode::NoEvents);
        });
        QCOMPARE(failed.error().code, ErrorCode::NoEvents);
        const auto again = kept.get(1, Task(), []() -> Result<Text> {
            return fail(ErrorCode::Internal);
        });
        QCOMPARE(*again, first);
    }

    void whoAsksMeanwhileGetsTheSame()
    {
        Kept<int, std::string> kept;
        std::atomic<int> made = 0;
        std::vector<Text> got(8);
        {
            std::vector<std::jthread> threads;
            for (Text &mine : got) {
                threads.emplace_back([&] {
                    mine = *kept.get(1, Task(), [&]() -> Result<Text> {
                        ++made;
                        return std::make_shared<const std::string>("one");
                    });
                });
            }
        }
        QCOMPARE(made.load(), 1);
        for (const Text &mine : got) {
            QCOMPARE(mine, got.front());
        }
    }

    void whoWaitsCanStop()
    {
        Kept<int, std::string> kept;
        std::latch begun(1), mayEnd(1);
        std::jthread maker([&] {
            const auto made = kept.get(1, Task(), [&]() -> Result<Text> {
                begun.count_down();
                mayEnd.wait();
                return std::make_shared<const std::string>("one");
            });
        });
        begun.wait();
        std::stop_source stop;
        stop.request_stop();
        const auto waited = kept.get(1, Task(stop.get_token(), {}), []() -> Result<Text> {
            return fail(ErrorCode::Internal);
        });
        QCOMPARE(waited.error().code, ErrorCode::Cancelled);
        mayEnd.count_down();
    }
};

QTEST_APPLESS_MAIN(TestKept)
#include "tst_kept.moc"
