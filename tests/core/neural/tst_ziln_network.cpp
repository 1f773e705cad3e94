#include "core/base/rng.h"
#include "core/neural/ziln_mlp_torch.h"
#include "core/neural/ziln_network.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <stop_token>

using namespace perennial;

namespace {

constexpr double kSigma = 0.8;

/// Users with two features that matter, one that is noise and one that is the same for all.
FeatureMatrix madeUpUsers(int n, std::uint64_t seed)
{
    FeatureMatrix features;
    features.columns = {"orders", "recency", "noise", "constant"};
    for (int i = 0; i < n; ++i) {
        Rng rng(seed, static_cast<std::uint64_t>(i));
        features.user.push_back(i + 1);
        features.values.push_back(static_cast<float>(rng.below(8)));
        features.values.push_back(static_cast<float>(rng.uniform()));
        features.values.push_back(static_cast<float>(rng.normal()));
        features.values.push_back(7.0F);
    }
    return features;
}

/// What their values are drawn from.
ZilnComponent truthOf(std::span<const float> row)
{
    const double logit = 1.0 - 3.0 * static_cast<double>(row[1]);
    return {1.0 / (1.0 + std::exp(-logit)), 3.0 + 0.2 * static_cast<double>(row[0]), kSigma};
}

std::vector<double> madeUpValues(const FeatureMatrix &features, std::uint64_t seed)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < features.rows(); ++i) {
        Rng rng(seed, i);
        const ZilnComponent truth = truthOf(features.row(i));
        values.push_back(drawZiln({&truth, 1}, rng));
    }
    return values;
}

double meanOf(const std::vector<double> &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

ZilnOptions quick()
{
    ZilnOptions options;
    options.epochs = 30;
    options.members = 2;
    options.hidden = {16, 8};
    return options;
}

void everythingIsFinite(const ZilnNetwork &network, const FeatureMatrix &features)
{
    const auto predicted = predictZiln(network, features, Task());
    QVERIFY(predicted.ok());
    QCOMPARE(predicted->mean.size(), features.rows());
    QCOMPARE(predicted->components.size(), features.rows() * predicted->members);
    for (const double mean : predicted->mean) {
        QVERIFY(std::isfinite(mean) && mean >= 0.0);
    }
    for (const ZilnComponent &c : predicted->components) {
        QVERIFY(c.pPositive >= 0.0 && c.pPositive <= 1.0 && std::isfinite(c.mu) && c.sigma >= 0.0);
    }
}

} // namespace

class ZilnNetworkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The loss through the network and its bounds against central differences, in double. (The
    /// published values of loss and mean: tst_networks.)
    void gradientIsTheDerivative()
    {
        const auto real = at::TensorOptions().dtype(at::kDouble);
        const net::ZilnMlp mlp({3, 5, 4, 3}, 7, -0.4, at::kDouble);
        const at::Tensor x = at::sin(at::arange(30, real) * 1.7).view({10, 3});
        const at::Tensor y = at::relu(at::cos(at::arange(10, real)) * 20.0);
        const net::ZilnBounds bounds{2.0, 0.9, 2.9};
        const auto loss = [&] {
            return net::zilnLoss(net::boundedZiln(mlp(x), bounds), y) / y.numel();
        };
        std::vector<at::Tensor> parameters = mlp.weights();
        parameters.insert(parameters.end(), mlp.biases().begin(), mlp.biases().end());
        {
            // off 0, where a row without an active unit would sit on the next layer's kink
            const at::NoGradGuard frozen;
            for (const at::Tensor &bias : mlp.biases()) {
                at::Tensor(bias).add_(0.1);
            }
        }
        const auto exact = torch::autograd::grad({loss()}, parameters);
        const at::NoGradGuard frozen;
        constexpr double kStep = 1e-6;
        for (std::size_t k = 0; k < parameters.size(); ++k) {
            double *values = parameters[k].data_ptr<double>();
            const at::Tensor slopes = exact[k].contiguous();
            for (std::int64_t i = 0; i < parameters[k].numel(); ++i) {
                const double before = values[i];
                values[i] = before + kStep;
                const double up = loss().item<double>();
                values[i] = before - kStep;
                const double down = loss().item<double>();
                values[i] = before;
                const double slope = (up - down) / (2.0 * kStep);
                QVERIFY(std::abs(slope - slopes.data_ptr<double>()[i]) < 1e-7);
            }
        }
    }

    /// The ensemble's mean and components in plain structs meet the published numbers, too.
    void componentsMeetThePublishedMeans()
    {
        const auto softplus = [](double v) { return std::log1p(std::exp(v)); };
        const auto sigmoid = [](double v) { return 1.0 / (1.0 + std::exp(-v)); };
        QVERIFY(std::abs(ZilnComponent{sigmoid(0.1), 0.2, softplus(0.3)}.mean() - 0.9236378530) <
                1e-10);
        QVERIFY(std::abs(ZilnComponent{sigmoid(0.4), 0.5, softplus(0.6)}.mean() - 1.6907553323) <
                1e-10);
    }

    void learnsWhatWasSimulated()
    {
        const FeatureMatrix users = madeUpUsers(8000, 1);
        const ZilnNetwork network = *trainZilnNetwork(users, madeUpValues(users, 2), {}, Task());
        QCOMPARE(network.members.size(), std::size_t{3});
        const FeatureMatrix others = madeUpUsers(3000, 11);
        const ZilnPredictions predicted = *predictZiln(network, others, Task());
        double missed = 0.0;
        double spread = 0.0;
        double sigma = 0.0;
        double zero = 0.0;
        std::vector<double> truth;
        for (std::size_t i = 0; i < others.rows(); ++i) {
            truth.push_back(truthOf(others.row(i)).mean());
        }
        for (std::size_t i = 0; i < others.rows(); ++i) {
            missed += std::pow(predicted.mean[i] - truth[i], 2);
            spread += std::pow(meanOf(truth) - truth[i], 2);
            for (const ZilnComponent &c : predicted.of(i)) {
                sigma += c.sigma;
                zero += std::pow(c.pZero() - truthOf(others.row(i)).pZero(), 2);
            }
        }
        const auto n = static_cast<double>(predicted.components.size());
        QVERIFY2(missed < 0.1 * spread, qPrintable(QString::number(missed / spread)));
        QVERIFY2(std::abs(sigma / n - kSigma) < 0.05, qPrintable(QString::number(sigma / n)));
        QVERIFY2(std::sqrt(zero / n) < 0.06, qPrintable(QString::number(std::sqrt(zero / n))));
        QVERIFY(std::abs(meanOf(predicted.mean) / meanOf(truth) - 1.0) < 0.06);
    }

    /// Half of the drawn values lie below the mixture's median, and their mean is its mean.
    void drawsFollowTheMixture()
    {
        const std::array mixture{ZilnComponent{0.3, 2.0, 0.5}, ZilnComponent{0.9, 1.0, 1.0}};
        constexpr int kDraws = 200000;
        double total = 0.0;
        int zeros = 0;
        Rng rng(3);
        for (int i = 0; i < kDraws; ++i) {
            const double value = drawZiln(mixture, rng);
            zeros += value == 0.0 ? 1 : 0;
            total += value;
        }
        QVERIFY(std::abs(zeros / double(kDraws) - 0.4) < 0.005);
        QVERIFY(std::abs(total / kDraws / (0.5 * (mixture[0].mean() + mixture[1].mean())) - 1.0) <
                0.02);
        Rng again(3), same(3);
        QCOMPARE(drawZiln(mixture, again), drawZiln(mixture, same));
    }

    /// Users far outside of what was learned from: the reference's plain network says 1e11.
    void noUserExplodes()
    {
        const FeatureMatrix users = madeUpUsers(1000, 1);
        std::vector<double> values = madeUpValues(users, 2);
        values[5] = 1e7;
        const ZilnNetwork network = *trainZilnNetwork(users, values, quick(), Task());
        FeatureMatrix wild = madeUpUsers(200, 4);
        for (std::size_t i = 0; i < wild.values.size(); ++i) {
            wild.values[i] *= i % 3 == 0 ? 1e30F : -1e30F;
        }
        everythingIsFinite(network, wild);
        const ZilnPredictions predicted = *predictZiln(network, wild, Task());
        for (const ZilnComponent &c : predicted.components) {
            QVERIFY(c.mu <= std::log(1e7) + 1e-5);
            QVERIFY(c.sigma <= network.spread + 0.02 + 1e-6);
        }
    }

    void refundsCountAsNothingAndTheirMeanIsKept()
    {
        const FeatureMatrix users = madeUpUsers(1000, 1);
        std::vector<double> values = madeUpValues(users, 2);
        std::vector<double> without = values;
        double negative = 0.0;
        for (std::size_t i = 0; i < values.size(); i += 10) {
            values[i] = -3.0 * static_cast<double>(i);
            without[i] = 0.0;
            negative += values[i];
        }
        const ZilnNetwork network = *trainZilnNetwork(users, values, quick(), Task());
        QVERIFY(std::abs(network.negativePart - negative / 1000.0) < 1e-9);
        const ZilnNetwork other = *trainZilnNetwork(users, without, quick(), Task());
        QCOMPARE(other.negativePart, 0.0);
        QCOMPARE(predictZiln(network, users, Task())->mean,
                 predictZiln(other, users, Task())->mean);
    }

    void sameSeedSameWeights()
    {
        const FeatureMatrix users = madeUpUsers(600, 1);
        const std::vector<double> values = madeUpValues(users, 2);
        ZilnOptions options = quick();
        const std::string hash = saveZiln(*trainZilnNetwork(users, values, options, Task())).hash;
        at::manual_seed(77); // nothing global is read
        QCOMPARE(saveZiln(*trainZilnNetwork(users, values, options, Task())).hash, hash);
        options.seed = 2;
        const ZilnNetwork second = *trainZilnNetwork(users, values, options, Task());
        QVERIFY(saveZiln(second).hash != hash);
    }

    void tooLittleToLearnFrom()
    {
        FeatureMatrix users = madeUpUsers(1, 1);
        const ZilnNetwork one = *trainZilnNetwork(users, std::vector{42.0}, quick(), Task());
        QVERIFY(one.constant.has_value());
        QVERIFY(std::abs(predictZiln(one, users, Task())->mean[0] - 42.0) < 1e-9);
        users = madeUpUsers(500, 1);
        const ZilnNetwork nothing =
            *trainZilnNetwork(users, std::vector<double>(500, 0.0), quick(), Task());
        QCOMPARE(predictZiln(nothing, users, Task())->mean, std::vector<double>(500, 0.0));
        QCOMPARE(predictZiln(nothing, users, Task())->of(3)[0].pZero(), 1.0);
        std::vector<double> few(500, -1.0);
        std::fill(few.begin(), few.begin() + 9, std::exp(2.0));
        const ZilnNetwork nine = *trainZilnNetwork(users, few, quick(), Task());
        QVERIFY(std::abs(nine.constant->pPositive - 9.0 / 500.0) < 1e-12);
        QVERIFY(std::abs(predictZiln(nine, users, Task())->mean[0] - 9.0 / 500.0 * std::exp(2.0)) <
                1e-9);
        const auto none =
            trainZilnNetwork(madeUpUsers(0, 1), std::vector<double>{}, quick(), Task());
        QCOMPARE(none.error().code, ErrorCode::TooLittleData);
    }

    void oneValueForAllAndConstantFeatures()
    {
        FeatureMatrix users = madeUpUsers(400, 1);
        const ZilnNetwork same =
            *trainZilnNetwork(users, std::vector<double>(400, 20.0), {}, Task());
        everythingIsFinite(same, users);
        const std::vector<double> twenties = predictZiln(same, users, Task())->mean;
        for (const double mean : twenties) {
            QVERIFY2(std::abs(mean / 20.0 - 1.0) < 0.03, qPrintable(QString::number(mean)));
        }
        const std::vector<double> values = madeUpValues(users, 2);
        std::fill(users.values.begin(), users.values.end(), 1e20F);
        const ZilnNetwork blind = *trainZilnNetwork(users, values, quick(), Task());
        everythingIsFinite(blind, users);
        const auto means = predictZiln(blind, users, Task())->mean;
        QCOMPARE(std::count(means.begin(), means.end(), means[0]), 400);
    }

    void extremeValuesStayFinite()
    {
        const FeatureMatrix users = madeUpUsers(400, 1);
        std::vector<double> values(400, kLeastZilnValue);
        for (std::size_t i = 0; i < 200; ++i) {
            values[i] = kLargestLabel;
        }
        values[3] = 5e-324;
        values[4] = -kLargestLabel;
        everythingIsFinite(*trainZilnNetwork(users, values, quick(), Task()), users);
    }

    void whatIsNoNumberIsRefused()
    {
        const FeatureMatrix users = madeUpUsers(200, 1);
        const std::vector<double> values = madeUpValues(users, 2);
        for (const double odd : {std::numeric_limits<double>::quiet_NaN(),
                                 -std::numeric_limits<double>::infinity(), 2e15}) {
            std::vector<double> labels = values;
            labels[7] = odd;
            const auto network = trainZilnNetwork(users, labels, quick(), Task());
            QCOMPARE(network.error().code, ErrorCode::InvalidArgument);
            QCOMPARE(network.error().where, std::string("labels"));
        }
        FeatureMatrix odd = users;
        odd.values[6] = std::numeric_limits<float>::quiet_NaN();
        QCOMPARE(trainZilnNetwork(odd, values, quick(), Task()).error().detail,
                 std::string("noise"));
        ZilnOptions options = quick();
        options.learningRate = 0.0;
        QCOMPARE(trainZilnNetwork(users, values, options, Task()).error().where,
                 std::string("learning_rate"));
        options = quick();
        options.members = 0;
        QCOMPARE(trainZilnNetwork(users, values, options, Task()).error().where,
                 std::string("members"));
    }

    void aLossThatIsNoNumberNamesTheEpoch()
    {
        const FeatureMatrix users = madeUpUsers(600, 1);
        ZilnOptions options = quick();
        options.learningRate = 1e6;
        const auto network = trainZilnNetwork(users, madeUpValues(users, 2), options, Task());
        QVERIFY(!network.ok());
        QCOMPARE(network.error().code, ErrorCode::NotFinite);
        QCOMPARE(network.error().where, std::string("loss"));
        QVERIFY2(network.error().detail.starts_with("1/"), network.error().detail.c_str());
    }

    void cancelsBetweenBatches()
    {
        const FeatureMatrix users = madeUpUsers(600, 1);
        const std::vector<double> values = madeUpValues(users, 2);
        std::stop_source stop;
        int reports = 0;
        const Task task(stop.get_token(), [&](double fraction, std::string_view) {
            QVERIFY(fraction >= 0.0 && fraction <= 1.0);
            if (++reports == 4) {
                stop.request_stop();
            }
        });
        const auto network = trainZilnNetwork(users, values, quick(), task);
        QCOMPARE(network.error().code, ErrorCode::Cancelled);
        QCOMPARE(reports, 4);
        const ZilnNetwork whole = *trainZilnNetwork(users, values, quick(), Task());
        QCOMPARE(predictZiln(whole, users, task).error().code, ErrorCode::Cancelled);
    }

    void savesAndLoadsTheSame()
    {
        FeatureMatrix users = madeUpUsers(600, 1);
        const ZilnNetwork network =
            *trainZilnNetwork(users, madeUpValues(users, 2), quick(), Task());
        const SavedModel saved = saveZiln(network);
        const ZilnNetwork loaded = *loadZiln(saved);
        QCOMPARE(predictZiln(loaded, users, Task())->mean,
                 predictZiln(network, users, Task())->mean);
        QCOMPARE(saveZiln(loaded).hash, saved.hash);
        std::swap(users.columns[0], users.columns[1]);
        QCOMPARE(predictZiln(loaded, users, Task()).error().code, ErrorCode::InvalidArgument);
        const ZilnNetwork constant =
            *trainZilnNetwork(users, std::vector<double>(600, 0.0), quick(), Task());
        QVERIFY(loadZiln(saveZiln(constant))->constant.has_value());
    }

    void whatWasTamperedWithDoesNotLoad()
    {
        const FeatureMatrix users = madeUpUsers(600, 1);
        const SavedModel saved =
            saveZiln(*trainZilnNetwork(users, madeUpValues(users, 2), quick(), Task()));
        SavedModel wrong = saved;
        wrong.tensors[2].data[5] ^= std::byte{1};
        QCOMPARE(loadZiln(wrong).error().detail, std::string("hash"));
        const auto refused = [&](auto change, const char *detail) {
            SavedModel other = saved;
            change(other);
            const auto loaded = loadZiln(sealModel(other.json, other.tensors));
            QVERIFY(!loaded.ok());
            QCOMPARE(loaded.error().code, ErrorCode::Damaged);
            QCOMPARE(loaded.error().detail, std::string(detail));
        };
        const auto replace = [](const char *from, const char *to) {
            return [=](SavedModel &m) { m.json.replace(m.json.find(from), std::strlen(from), to); };
        };
        refused([](SavedModel &m) { m.tensors[2].shape = {16, 5}; }, "member.0.layer.0.weight");
        refused([](SavedModel &m) { m.tensors.pop_back(); }, "member.1.layer.2.bias");
        refused(
            [](SavedModel &m) {
                std::fill(m.tensors[1].data.begin(), m.tensors[1].data.end(), std::byte{0});
            },
            "input.deviation");
        refused(replace("[16,8,3]", "[16,8,2]"), "json");
        refused(replace("[16,8,3]", "[1600000000,8,3]"), "json");
        refused(replace("ziln-network", "ziln_network"), "json");
        refused(replace("\"spread\":", "\"spread\":9"), "json");
        refused([](SavedModel &m) { m.json = std::string(100000, '['); }, "json");
        // Weights that are numbers and give none.
        SavedModel huge = saved;
        for (std::size_t t = 2; t < huge.tensors.size(); ++t) {
            std::vector<float> most(huge.tensors[t].data.size() / 4, 3e38F);
            std::memcpy(huge.tensors[t].data.data(), most.data(), most.size() * 4);
        }
        const auto loaded = loadZiln(sealModel(huge.json, huge.tensors));
        QVERIFY(loaded.ok());
        const auto predicted = predictZiln(*loaded, users, Task());
        QVERIFY(!predicted.ok() || std::all_of(predicted->mean.begin(), predicted->mean.end(),
                                               [](double v) { return std::isfinite(v); }));
    }
};

QTEST_APPLESS_MAIN(ZilnNetworkTest)
#include "tst_ziln_network.moc"
