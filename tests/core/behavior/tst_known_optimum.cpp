#include "tests/support/project_fixture.h"

#include "core/base/rng.h"
#include "core/behavior/train.h"
#include "core/project/event_store.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <vector>

using namespace perennial;
using test::PlainEvent;
using test::ProjectFixture;

namespace {

constexpr int kItems = 60;
constexpr int kUsers = 3000;
constexpr int kVisits = 40; ///< of a user, one a day
const Day kStart = dayFromCivil({2025, 1, 1});

/// What follows an item depends on that item alone: P(next | last) ∝ 1 / (1 + place) in an order of
/// its own. Nothing else can be known, so that the ten first of that order are the best list there is.
class Walk {
public:
    Walk()
    {
        Rng rng(11);
        for (int item = 0; item < kItems; ++item) {
            std::vector<int> order(kItems);
            std::iota(order.begin(), order.end(), 0);
            for (int k = kItems - 1; k > 0; --k) {
                std::swap(order[static_cast<std::size_t>(k)],
                          order[static_cast<std::size_t>(rng.uniform() * (k + 1))]);
            }
            m_order.push_back(order);
        }
        for (int user = 0; user < kUsers; ++user) {
            std::vector<int> &path = m_paths.emplace_back();
            int at = static_cast<int>(rng.uniform() * kItems);
            for (int k = 0; k < kVisits; ++k) {
                path.push_back(at);
                at = m_order[static_cast<std::size_t>(at)][place(rng.uniform())];
            }
        }
    }

    std::vector<PlainEvent> events() const
    {
        std::vector<PlainEvent> events;
        for (std::size_t user = 0; user < m_paths.size(); ++user) {
            for (std::size_t k = 0; k < m_paths[user].size(); ++k) {
                events.push_back({"u" + std::to_string(user),
                                  "i" + std::to_string(m_paths[user][k]), EventKind::View,
                                  startOf(kStart + static_cast<Day>(k)) + 3600, 0, ""});
            }
        }
        return events;
    }
    /// Whether the best list after a day holds what came.
    bool bestHits(std::size_t user, Day cut) const
    {
        const auto last = static_cast<std::size_t>(cut - kStart);
        const auto &order = m_order[static_cast<std::size_t>(m_paths[user][last])];
        return std::find(order.begin(), order.begin() + 10, m_paths[user][last + 1]) !=
               order.begin() + 10;
    }

private:
    static std::size_t place(double u)
    {
        double total = 0;
        for (int k = 1; k <= kItems; ++k) {
            total += 1.0 / k;
        }
        std::size_t at = 0;
        for (double left = u * total; at + 1 < kItems; ++at) {
            left -= 1.0 / static_cast<double>(at + 1);
            if (left < 0) {
                break;
            }
        }
        return at;
    }

    std::vector<std::vector<int>> m_order, m_paths;
};

} // namespace

class TestKnownOptimum : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesWithinFivePercentOfTheBestPossible();
};

void TestKnownOptimum::comesWithinFivePercentOfTheBestPossible()
{
    const Walk walk;
    ProjectFixture fixture;
    fixture.add(walk.events());
    std::map<std::int64_t, std::size_t> userOfId;
    for (const UserRecord &user : *readUsers(fixture.project())) {
        userOfId[user.id] = std::stoul(user.key.substr(1));
    }
    BehaviorConfig config;
    config.horizonDays = 5;
    config.churnWeight = config.valueWeight = 0;
    config.clickWeight = config.returnWeight = 0;
    config.epochs = 30;
    config.patience = 4;
    config.refitEpochs = 0;
    int ours = 0, best = 0, users = 0;
    TrainHooks hooks;
    hooks.onValidated = [&](const ValidationSet &set) -> Result<std::string> {
        for (const ValidationRow &row : set.rows) {
            if (row.nextItem > 0) {
                ++users;
                ours += row.rank <= 10 ? 1 : 0;
                best += walk.bestHits(userOfId[row.user], set.split.cut) ? 1 : 0;
            }
        }
        return std::string("{}");
    };
    const auto report = trainBehaviorModel(fixture.project(), config, hooks, {});
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    QCOMPARE(users, kUsers);
    // The best list's share is known: H(10) / H(60) = .626.
    QVERIFY(std::abs(best / double{kUsers} - 0.626) < 0.05);
    const double ratio = ours / double(best);
    QVERIFY2(ratio >= 0.95, qPrintable(QString::number(ratio)));
    qInfo("HR@10 %.4f, the best possible %.4f: ratio %.3f", ours / double{kUsers},
          best / double{kUsers}, ratio);
}

QTEST_GUILESS_MAIN(TestKnownOptimum)
#include "tst_known_optimum.moc"
