#include "core/behavior/network_torch.h"
#include "core/neural/encoder_torch.h"
#include "core/neural/ops_torch.h"
#include "core/neural/runtime.h"
#include "core/neural/runtime_torch.h"
#include "tests/core/neural/gradient_check_torch.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace perennial;
using namespace perennial::test;

Q_DECLARE_METATYPE(perennial::net::EncoderShape)

namespace {

const std::vector<std::int64_t> kLengths{3, 1, 5, 2};
constexpr std::int64_t kTokens = 11;
constexpr std::int64_t kDimension = 4;

net::Parameters parametersOf(const net::EncoderShape &shape)
{
    net::Initializer make(3, at::kCPU, at::kDouble);
    net::makeEncoder(shape)->makeParameters(make);
    return make.take();
}

at::Tensor encoded(const net::EncoderShape &shape, const at::Tensor &tokens,
                   const std::vector<std::int64_t> &lengths)
{
    const at::NoGradGuard frozen;
    return net::makeEncoder(shape)->encode(parametersOf(shape), tokens, lengths, {});
}

void addEncoders()
{
    QTest::addColumn<net::EncoderShape>("shape");
    const auto add = [](const char *name, UserEncoder kind, std::int64_t layers, bool cross) {
        QTest::newRow(name) << net::EncoderShape{kind, kDimension, 2, layers, cross};
    };
    add("attention", UserEncoder::Attention, 2, false);
    add("attention that crosses", UserEncoder::Attention, 1, true);
    add("gru", UserEncoder::Gru, 2, false);
    add("cnn", UserEncoder::Cnn, 1, false);
    add("pool", UserEncoder::Pool, 2, false);
}

} // namespace

class TestEncoders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        prepareTorchRuntime();
        prepareTorchThread();
    }

    void neighboursNeverShow_data() { addEncoders(); }
    void neighboursNeverShow()
    {
        QFETCH(net::EncoderShape, shape);
        const at::Tensor tokens = noise({kTokens, kDimension}, 0.4);
        const at::Tensor together = encoded(shape, tokens, kLengths);
        QCOMPARE(together.sizes(), at::IntArrayRef({kTokens, kDimension}));
        std::int64_t first = 0;
        for (const std::int64_t length : kLengths) {
            const at::Tensor alone = encoded(shape, tokens.narrow(0, first, length), {length});
            QVERIFY(largest(together.narrow(0, first, length) - alone) < 1e-12);
            first += length;
        }
    }

    void attentionIsWhatTheLastTokenMixesBy()
    {
        const net::EncoderShape shape{UserEncoder::Attention, kDimension, 1, 1, false};
        const net::Parameters weights = parametersOf(shape);
        const at::Tensor tokens = noise({kTokens, kDimension}, 0.7);
        const at::NoGradGuard frozen;
        const auto encoder = net::makeEncoder(shape);
        const auto shares = encoder->attention(weights, tokens, kLengths);
        QCOMPARE(shares.size(), std::size_t{1});
        const at::Tensor all = encoder->encode(weights, tokens, kLengths, {});
        const at::Tensor qkv =
            weights.linear(weights.normed(tokens, "block.0.norm1"), "block.0.qkv");
        std::int64_t first = 0;
        for (const std::int64_t length : kLengths) {
            const at::Tensor share = shares[0].narrow(0, first, length);
            QVERIFY(std::abs(share.sum().item<double>() - 1) < 1e-12);
            const at::Tensor values = qkv.narrow(0, first, length).narrow(1, 2 * kDimension, kDimension);
            const at::Tensor mixed = share.unsqueeze(0).mm(values);
            const at::Tensor last = tokens.narrow(0, first + length - 1, 1);
            const at::Tensor expected =
                net::feedForward(weights, last + weights.linear(mixed, "block.0.out"), "block.0.", {}, 0);
            QVERIFY(largest(all.narrow(0, first + length - 1, 1) - expected) < 1e-12);
            first += length;
        }
        net::EncoderShape other = shape;
        other.kind = UserEncoder::Gru;
        QVERIFY(net::makeEncoder(other)->attention(parametersOf(other), tokens, kLengths).empty());
    }

    void theFutureNeverShows_data() { addEncoders(); }
    void theFutureNeverShows()
    {
        QFETCH(net::EncoderShape, shape);
        const at::Tensor tokens = noise({kTokens, kDimension}, 0.4);
        const at::Tensor before = encoded(shape, tokens, kLengths);
        at::Tensor changed = tokens.clone();
        changed[6] = noise({kDimension}, 2.9); // the third sequence's third token: rows 4 … 8
        const at::Tensor difference = encoded(shape, changed, kLengths) - before;
        QVERIFY(largest(difference.narrow(0, 0, 6)) < 1e-12);
        QVERIFY(largest(difference.narrow(0, 9, 2)) < 1e-12);
        for (const std::int64_t later : {6, 7, 8}) {
            QVERIFY(largest(difference[later]) > 1e-4);
        }
    }

    void gradientsAreThoseOfDifferences_data() { addEncoders(); }
    void gradientsAreThoseOfDifferences()
    {
        QFETCH(net::EncoderShape, shape);
        const auto encoder = net::makeEncoder(shape);
        const net::Parameters parameters = parametersOf(shape);
        const at::Tensor weight = noise({kTokens, kDimension}, 1.0);
        std::vector<at::Tensor> inputs{noise({kTokens, kDimension}, 0.4)};
        for (const net::Parameter &parameter : parameters.all()) {
            const auto phase = static_cast<double>(inputs.size());
            inputs.push_back(parameter.value.detach() + 0.1 * noise(parameter.value.sizes(), phase));
        }
        const auto loss = [&](const std::vector<at::Tensor> &x) {
            std::vector<net::Parameter> given = parameters.all();
            for (std::size_t k = 0; k < given.size(); ++k) {
                given[k].value = x[k + 1];
            }
            return (encoder->encode(net::Parameters(given), x[0], kLengths, {}) * weight).sum();
        };
        const double error = gradientError(loss, inputs);
        QVERIFY2(error < 1e-6, qPrintable(QString::number(error)));
    }

    void meansDecay()
    {
        const at::Tensor x = noise({kTokens, 3}, 0.2);
        const at::Tensor decay = at::tensor({0.1, 0.5, 0.9}, real());
        const at::Tensor fused = net::decayedMean(x, decay, kLengths);
        QVERIFY(largest(fused - net::decayedMeanPlain(x, decay, kLengths)) < 1e-12);
        const at::Tensor weight = noise({kTokens, 3}, 1.0);
        QVERIFY(gradientError(
                    [&](const auto &v) {
                        return (net::decayedMean(v[0], v[1], kLengths) * weight).sum();
                    },
                    {x.clone(), decay.clone()}) < 1e-8);
        // by hand: (0.25 · 1 + 0.5 · 2 + 6) / 1.75
        const at::Tensor three = at::tensor({1.0, 2.0, 6.0}, real()).view({3, 1});
        const auto last = [&](double lambda) {
            return net::decayedMean(three, at::tensor({lambda}, real()), {3})[2].item<double>();
        };
        QVERIFY(std::abs(last(0.5) - 7.25 / 1.75) < 1e-12);
        QVERIFY(std::abs(last(1e-12) - 6.0) < 1e-10); // the last alone
        QVERIFY(std::abs(last(1 - 1e-12) - 3.0) < 1e-10); // the plain mean
    }

    void stepsTakeLongSequencesFirst()
    {
        const net::TimeOrder order = net::timeOrder(kLengths, at::kCPU);
        QVERIFY(at::equal(order.tokens, at::tensor({4, 0, 9, 3, 5, 1, 10, 6, 2, 7, 8}, at::kLong)));
        const std::vector<std::int64_t> batch{4, 3, 2, 1, 1};
        QCOMPARE(order.batch, batch);
        QVERIFY(at::equal(order.tokens.index_select(0, order.places), at::arange(11, at::kLong)));
    }

    void directionsHaveLengthOne()
    {
        at::Tensor x = noise({3, 4}, 0.8) * 0.05;
        x[1].zero_();
        const at::Tensor unit = net::unitRows(x);
        QVERIFY(std::abs(unit[0].norm().item<double>() - 1) < 1e-8);
        QCOMPARE(largest(unit[1]), 0.0);
        const at::Tensor weight = noise({2, 4}, 1.0);
        QVERIFY(gradientError([&](const auto &v) { return (net::unitRows(v[0]) * weight).sum(); },
                              {noise({2, 4}, 0.8)}) < 1e-8);
    }

    void cosinesHaveATemperature()
    {
        net::NetworkShape shape;
        shape.dimension = 4;
        shape.ownItems = 3;
        shape.categories = shape.priceBands = shape.tokenRows = 1;
        const at::Tensor users = noise({2, 4}, 0.3).to(at::kFloat);
        const at::Tensor items = noise({3, 4}, 0.9).to(at::kFloat);
        const auto scores = [&](Similarity similarity, double temperature) {
            shape.similarity = similarity;
            shape.temperature = temperature;
            const net::Network network(shape, 1, at::kCPU);
            return at::mm(network.queries(users), network.keys(items).t());
        };
        const at::Tensor dot = at::mm(users, items.t());
        QVERIFY(at::equal(scores(Similarity::Dot, 1), dot));
        QVERIFY(largest(scores(Similarity::Dot, 4) - dot / 4) < 1e-6);
        const at::Tensor cosine = at::cosine_similarity(users.unsqueeze(1), items.unsqueeze(0), 2);
        QVERIFY(largest(scores(Similarity::Cosine, 0.1) - cosine / 0.1) < 1e-5);
    }
};

QTEST_GUILESS_MAIN(TestEncoders)
#include "tst_encoders.moc"
