#include "core/features/splits.h"
#include "core/ranking/ranking_metrics.h"
#include "core/recommend/past_blend.h"
#include "core/recommend/recommend.h"
#include "core/sample/sample_shop.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>

using namespace perennial;

namespace {

bool near(double a, double b, double tolerance = 1e-6) { return std::abs(a - b) <= tolerance; }

} // namespace

/// On a sample shop where nothing was trained: the blend of simple recommenders.
class TestRecommender : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void listsSayWhatTheyAreMadeOf();
    void reasonsAreOfThePast();
    void byValue();
    void oneMemberAlone();
    void everybodyAsOneByOne();
    void horizonCarriesChances();
    void calibratedOnAWindowNotUsed();
    void notWorseThanTheBestMember();
    void tooShortAPast();
    void cancelled();

private:
    std::string pathOf(const char *name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    UserRecord busiest() const;
    struct Judgement {
        std::int64_t users = 0;
        double ndcg = 0, error = 0; ///< mean, and its standard error
    };
    Judgement crossFitted(const PastBlend &past, const PastWindow &window) const;

    QTemporaryDir m_folder;
    std::optional<Project> m_shop;
    EventTable m_events;
    std::vector<ItemRecord> m_items;
};

void TestRecommender::initTestCase()
{
    QVERIFY(createSampleShop(pathOf("shop"), {.users = 3000, .items = 200}, {}).ok());
    auto project = Project::open(pathOf("shop"), Project::Access::ReadOnly);
    QVERIFY(project.ok());
    m_shop.emplace(std::move(*project));
    m_events = *readEvents(*m_shop, {}, {});
    m_items = *readItems(*m_shop);
}

UserRecord TestRecommender::busiest() const
{
    std::int64_t best = 1;
    for (std::int64_t u = 1; u <= m_events.maxUser(); ++u) {
        const auto size = [&](std::int64_t user) {
            const auto k = static_cast<std::size_t>(user);
            return m_events.offsets[k + 1] - m_events.offsets[k];
        };
        best = size(u) > size(best) ? u : best;
    }
    return *findUserById(*m_shop, best);
}

void TestRecommender::listsSayWhatTheyAreMadeOf()
{
    const auto recommender = Recommender::load(*m_shop, {}, {});
    QVERIFY(recommender.ok());
    const RecommenderFacts &facts = recommender->facts();
    QCOMPARE(facts.run, 0);
    QCOMPARE(facts.horizonDays, 180);
    QVERIFY(near(facts.margin, 0.4));
    QCOMPARE(facts.notes.front().code, std::string("not_trained"));
    QVERIFY(facts.recipe.weights.users > 100);
    QVERIFY(facts.recipe.until == facts.at && facts.recipe.cut < facts.at);
    QVERIFY(facts.recipe.calibration && facts.recipe.calibration->interval);
    const auto list = recommender->forUser(*m_shop, busiest());
    QVERIFY(list.ok());
    QVERIFY(list->source == RecommendationSource::Blend);
    QVERIFY(list->chance && *list->chance > 0 && *list->chance < 1);
    QCOMPARE(list->items.size(), std::size_t{10});
    for (std::size_t k = 0; k < list->items.size(); ++k) {
        const Recommendation &one = list->items[k];
        QVERIFY(k == 0 || one.score <= list->items[k - 1].score);
        QVERIFY(one.score > 0 && one.score <= 1 + 1e-6);
        double shares = 0;
        for (const MemberShare &member : one.members) {
            shares += member.share;
        }
        QVERIFY(near(shares, 1, 1e-4));
        QVERIFY(one.probability && *one.probability > 0 && *one.probability < 1);
        QVERIFY(*one.probability <= *list->chance + 0.05); // no item is likelier than buying at all
        QVERIFY(one.value && near(*one.value, *one.probability * *one.revenue * one.margin));
        QVERIFY(!std::isnan(*one.value) && one.margin == facts.margin);
    }
}

void TestRecommender::reasonsAreOfThePast()
{
    const UserRecord user = busiest();
    RecommendOptions options;
    options.reasons = 100;
    const auto list = Recommender::load(*m_shop, options, {})->forUser(*m_shop, user);
    QVERIFY(list.ok());
    std::set<std::pair<std::int64_t, UtcSecond>> past;
    const auto u = static_cast<std::size_t>(user.id);
    for (auto row = m_events.offsets[u]; row < m_events.offsets[u + 1]; ++row) {
        past.emplace(m_events.item[static_cast<std::size_t>(row)],
                     m_events.at[static_cast<std::size_t>(row)]);
    }
    for (const Recommendation &one : list->items) {
        QVERIFY(!one.because.empty());
        std::set<std::int64_t> named;
        for (std::size_t k = 0; k < one.because.size(); ++k) {
            const RecommendationReason &reason = one.because[k];
            QVERIFY(past.contains({reason.itemId, reason.at}));
            QVERIFY(named.insert(reason.itemId).second); // each item once
            QVERIFY(k == 0 || reason.share <= one.because[k - 1].share);
            QVERIFY(reason.share > 0 && !reason.members.empty() && !reason.item.empty());
        }
    }
    for (const int most : {0, 1}) {
        options.reasons = most;
        const auto few = Recommender::load(*m_shop, options, {})->forUser(*m_shop, user);
        QCOMPARE(few->items[0].because.size(), static_cast<std::size_t>(most));
    }
}

void TestRecommender::byValue()
{
    RecommendOptions options;
    options.order = RecommendationOrder::Value;
    const auto list = Recommender::load(*m_shop, options, {})->forUser(*m_shop, busiest());
    for (std::size_t k = 1; k < list->items.size(); ++k) {
        QVERIFY(*list->items[k].value <= *list->items[k - 1].value);
    }
    const auto loaded = Recommender::load(*m_shop, {}, {});
    const auto plain = loaded->forUser(*m_shop, busiest());
    const auto again = loaded->forUser(*m_shop, busiest(), RecommendationOrder::Value);
    const auto keys = [](const RecommendationList &of) {
        std::vector<std::string> all;
        for (const Recommendation &one : of.items) {
            all.push_back(one.key);
        }
        return all;
    };
    QCOMPARE(keys(*again), keys(*list)); // what is loaded gives either order
    QVERIFY(keys(*again) != keys(*plain));
    const auto sum = [](const RecommendationList &of) {
        return std::accumulate(of.items.begin(), of.items.end(), 0.0,
                               [](double s, const Recommendation &one) { return s + *one.value; });
    };
    QVERIFY(sum(*list) >= sum(*plain));
}

void TestRecommender::oneMemberAlone()
{
    const UserRecord user = busiest();
    RecommendOptions nothingHidden;
    nothingHidden.hidePurchasedDays = 0;
    const auto blend = Recommender::load(*m_shop, nothingHidden, {})->forUser(*m_shop, user);
    std::map<std::string, double> chances;
    for (const Recommendation &one : blend->items) {
        chances[one.key] = *one.probability;
    }
    for (const std::string &method : recommendationMethods()) {
        RecommendOptions options = nothingHidden;
        options.method = method;
        const auto loaded = Recommender::load(*m_shop, options, {});
        if (method == "behavior") {
            QCOMPARE(loaded.error().code, ErrorCode::NotTrained);
            continue;
        }
        const auto list = loaded->forUser(*m_shop, user);
        QVERIFY2(list.ok() && list->items.size() == 10, method.c_str());
        QCOMPARE(list->method, method);
        for (const Recommendation &one : list->items) { // chances are the blend's, whoever lists
            QVERIFY(!chances.contains(one.key) || near(chances[one.key], *one.probability));
        }
        if (method != "blend") {
            QVERIFY(list->source == RecommendationSource::Simple);
            QVERIFY(near(list->items[0].score, 1)); // over its largest, which nothing hides
            QCOMPARE(list->items[0].members.size(), std::size_t{1});
        }
    }
    RecommendOptions unknown;
    unknown.method = "oracle";
    QCOMPARE(Recommender::load(*m_shop, unknown, {}).error().code, ErrorCode::UnknownModel);
}

void TestRecommender::everybodyAsOneByOne()
{
    RecommendOptions options;
    options.reasons = 0;
    const auto recommender = Recommender::load(*m_shop, options, {});
    std::map<std::int64_t, RecommendationList> lists;
    const auto all = recommender->forAll(
        *m_shop,
        [&](const RecommendationList &list) -> Status {
            lists[list.user] = list;
            return Done{};
        },
        {});
    QCOMPARE(*all, 3000);
    for (const std::int64_t user : {1, 7, 500, 2999}) {
        const auto one = recommender->forUser(*m_shop, *findUserById(*m_shop, user));
        QCOMPARE(one->items.size(), lists[user].items.size());
        for (std::size_t k = 0; k < one->items.size(); ++k) {
            QCOMPARE(one->items[k].key, lists[user].items[k].key);
            QCOMPARE(one->items[k].score, lists[user].items[k].score);
        }
    }
}

void TestRecommender::horizonCarriesChances()
{
    const auto chanceWithin = [&](int days) {
        RecommendOptions options;
        options.horizonDays = days;
        const auto list = Recommender::load(*m_shop, options, {})->forUser(*m_shop, busiest());
        return *list->items[0].probability;
    };
    const double once = chanceWithin(180);
    QVERIFY(chanceWithin(30) < once && once < chanceWithin(720));
    RecommendOptions none;
    none.horizonDays = 0;
    QCOMPARE(Recommender::load(*m_shop, none, {}).error().code, ErrorCode::HorizonNotPositive);
}

/// Chances fitted on (cut − 60, cut] hold on (cut, cut + 60], which nothing had seen.
void TestRecommender::calibratedOnAWindowNotUsed()
{
    const Day last = dayOf(*std::max_element(m_events.at.begin(), m_events.at.end()));
    const Day cut = last - 60;
    RecommendOptions options;
    options.at = cut;
    options.horizonDays = 60;
    options.reasons = 0;
    const auto recommender = Recommender::load(*m_shop, options, {});
    QVERIFY(recommender.ok());
    std::vector<double> said;
    std::vector<bool> happened;
    std::vector<std::int64_t> users;
    QVERIFY(recommender->forAll(*m_shop, [&](const RecommendationList &list) -> Status {
        std::set<std::int64_t> bought;
        const auto u = static_cast<std::size_t>(list.user);
        for (auto row = m_events.offsets[u]; row < m_events.offsets[u + 1]; ++row) {
            const auto i = static_cast<std::size_t>(row);
            if (dayOf(m_events.at[i]) > cut && m_events.kind[i] == EventKind::Purchase) {
                bought.insert(m_events.item[i]);
            }
        }
        for (const Recommendation &one : list.items) {
            if (one.probability) {
                said.push_back(*one.probability);
                happened.push_back(bought.contains(one.itemId));
                users.push_back(list.user);
            }
        }
        return Done{};
    }, {}).ok());
    const auto error = calibrationError(said, happened, users, 10, 200, 1);
    QVERIFY(error->interval);
    qInfo("listed pairs %lld: said %.4f, bought %.4f, ECE %.4f [%.4f, %.4f]",
          static_cast<long long>(error->cases), error->predicted, error->happened, error->error,
          error->interval->lower, error->interval->upper);
    QVERIFY(error->cases > 10000);
    QVERIFY(error->error < 0.01);
    QVERIFY(std::abs(error->predicted / error->happened - 1) < 0.3);
}

/// NDCG@30 of new items by weights that were fitted without the user, of the users that the recipe
/// of the window is fitted on.
TestRecommender::Judgement TestRecommender::crossFitted(const PastBlend &past,
                                                        const PastWindow &window) const
{
    const auto top = static_cast<std::size_t>(BlendFitOptions{}.top);
    Judgement all;
    double squares = 0;
    for (std::int64_t user = 1; user <= m_events.maxUser(); ++user) {
        std::set<std::int64_t> before, after;
        const auto u = static_cast<std::size_t>(user);
        for (auto row = m_events.offsets[u]; row < m_events.offsets[u + 1]; ++row) {
            const auto i = static_cast<std::size_t>(row);
            const Day day = dayOf(m_events.at[i]);
            if (m_events.kind[i] == EventKind::Purchase && day <= window.until) {
                (day <= window.cut ? before : after).insert(m_events.item[i]);
            }
        }
        if (after.empty() || eventsUpTo(m_events, user, window.cut).size() == 0) {
            continue;
        }
        const PastBlend::Judged judged = past.judged(user, {});
        std::vector<std::int32_t> masked;
        std::vector<RelevantItem> relevant;
        for (std::size_t k = 0; k < judged.id.size(); ++k) {
            if (before.contains(judged.id[k])) {
                masked.push_back(static_cast<std::int32_t>(k));
            } else if (after.contains(judged.id[k])) {
                relevant.push_back({static_cast<std::int32_t>(k), 0});
            }
        }
        if (!relevant.empty()) {
            const auto list = bestItems(judged.score, judged.score.size(), masked, top);
            const double ndcg =
                judgeList(list, relevant, top)[static_cast<std::size_t>(RankingMetric::Ndcg)];
            all.ndcg += ndcg;
            squares += ndcg * ndcg;
            ++all.users;
        }
    }
    const auto n = static_cast<double>(all.users);
    all.ndcg /= n;
    all.error = std::sqrt((squares / n - all.ndcg * all.ndcg) / n);
    return all;
}

/// By users that the weights were not fitted on: the best member is named afterwards, and each half
/// has half the cases to fit on, so the blend may fall short of it by a standard error of its mean.
void TestRecommender::notWorseThanTheBestMember()
{
    for (const Day back : {60, 120, 200}) {
        PastWindow window;
        window.events = &m_events;
        window.items = &m_items;
        window.until = dayOf(*std::max_element(m_events.at.begin(), m_events.at.end())) - back + 60;
        window.cut = window.until - 60;
        auto past = PastBlend::make(window, {});
        QVERIFY(past.ok());
        const auto recipe = past->recipe({});
        QVERIFY(past->crossFit({}).ok());
        const Judgement blend = crossFitted(*past, window);
        QCOMPARE(blend.users, recipe->weights.users); // all the same cases
        double best = 0;
        for (const BlendMember &member : recipe->weights.members) {
            best = std::max(best, member.alone);
        }
        qInfo("%d days back: best alone %.4f, cross-fitted blend %.4f +- %.4f, own cases %.4f", back,
              best, blend.ndcg, blend.error, recipe->weights.ndcg);
        QVERIFY(blend.ndcg >= best - blend.error);
        QVERIFY(recipe->weights.ndcg >= best - 1e-12);
    }
}

void TestRecommender::tooShortAPast()
{
    RecommendOptions options;
    options.at = dayOf(*std::min_element(m_events.at.begin(), m_events.at.end()));
    const auto recommender = Recommender::load(*m_shop, options, {});
    QVERIFY(recommender.ok());
    const auto &notes = recommender->facts().notes;
    QVERIFY(std::any_of(notes.begin(), notes.end(),
                        [](const RankerNote &note) { return note.code == "weights_unknown"; }));
    QVERIFY(recommender->forAll(*m_shop, [](const RecommendationList &list) -> Status {
        for (const Recommendation &one : list.items) {
            if (one.probability || one.value || !std::isfinite(one.score)) {
                return fail(ErrorCode::Internal, "a chance out of nothing");
            }
        }
        return Done{};
    }, {}).ok());
    options.at = *options.at - 1;
    QCOMPARE(Recommender::load(*m_shop, options, {}).error().code, ErrorCode::NoEvents);
}

void TestRecommender::cancelled()
{
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(Recommender::load(*m_shop, {}, Task(stop.get_token(), {})).error().code,
             ErrorCode::Cancelled);
    // midway
    std::stop_source later;
    RecommendOptions options;
    options.reasons = 0;
    const auto recommender = Recommender::load(*m_shop, options, {});
    int lists = 0;
    const auto all = recommender->forAll(*m_shop, [&](const RecommendationList &) -> Status {
        if (++lists == 300) {
            later.request_stop();
        }
        return Done{};
    }, Task(later.get_token(), {}));
    QCOMPARE(all.error().code, ErrorCode::Cancelled);
    QCOMPARE(lists, 300);
}

QTEST_GUILESS_MAIN(TestRecommender)
#include "tst_recommender.moc"
