#include "core/base/json_depth.h"
#include "core/neural/ziln_network.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace perennial {

namespace {

constexpr const char *kKind = "ziln-network";
constexpr std::int64_t kMostUnits = 1024;
constexpr std::size_t kMostMembers = 20;

Error damaged(std::string detail)
{
    return fail(ErrorCode::Damaged, std::move(detail), "model");
}

std::string nameOf(std::size_t member, std::size_t layer, const char *part)
{
    return "member." + std::to_string(member) + ".layer." + std::to_string(layer) + "." + part;
}

/// All but the tensors; layers come without their numbers. Throws what nlohmann throws.
ZilnNetwork frameFrom(const nlohmann::json &json)
{
    ZilnNetwork network;
    network.columns = json.at("columns").get<std::vector<std::string>>();
    network.center = json.at("center").get<double>();
    network.spread = json.at("spread").get<double>();
    network.largest = json.at("largest").get<double>();
    network.negativePart = json.at("negative_part").get<double>();
    if (const auto &constant = json.at("constant"); !constant.is_null()) {
        network.constant = {constant.at("p_positive").get<double>(),
                            constant.at("mu").get<double>(), constant.at("sigma").get<double>()};
    }
    for (const auto &member : json.at("members")) {
        network.members.push_back(
            {{}, member.at("best_epoch").get<int>(), member.at("held_out_loss").get<double>()});
        std::int64_t in = static_cast<std::int64_t>(network.columns.size());
        for (const auto &out : member.at("units")) {
            network.members.back().layers.push_back({in, out.get<std::int64_t>(), {}, {}});
            in = network.members.back().layers.back().out;
        }
    }
    return network;
}

/// Bounds within which every mean is finite: labels are money, see kLargestLabel.
bool isSound(const ZilnNetwork &network)
{
    const auto within = [](double v, double low, double high) { return v >= low && v <= high; };
    const auto &c = network.constant;
    const bool constant =
        !c || (within(c->pPositive, 0, 1) && within(c->mu, -50, 50) && within(c->sigma, 0, 25));
    const auto isMember = [&](const ZilnNetwork::Member &member) {
        return !member.layers.empty() && member.layers.back().out == 3 &&
               std::all_of(member.layers.begin(), member.layers.end(), [](const auto &layer) {
                   return layer.out > 0 && layer.out <= kMostUnits;
               });
    };
    return !network.columns.empty() && within(network.center, -50, 50) &&
           within(network.spread, 0.01, 25) && within(network.largest, -50, 50) &&
           within(network.negativePart, -kLargestLabel, 0) && constant &&
           c.has_value() == network.members.empty() && network.members.size() <= kMostMembers &&
           std::all_of(network.members.begin(), network.members.end(), isMember);
}

/// @return the tensor that is none; empty where all are.
std::string readTensors(const std::vector<WeightBlob> &tensors, ZilnNetwork &network)
{
    const std::vector<std::int64_t> width{static_cast<std::int64_t>(network.columns.size())};
    if (!readTensor(tensors, "input.mean", width, network.mean)) {
        return "input.mean";
    }
    if (!readTensor(tensors, "input.deviation", width, network.deviation) ||
        std::any_of(network.deviation.begin(), network.deviation.end(),
                    [](float v) { return v <= 0.0F; })) {
        return "input.deviation";
    }
    for (std::size_t m = 0; m < network.members.size(); ++m) {
        for (std::size_t k = 0; k < network.members[m].layers.size(); ++k) {
            ZilnNetwork::Layer &layer = network.members[m].layers[k];
            if (!readTensor(tensors, nameOf(m, k, "weight"), {layer.out, layer.in}, layer.weight)) {
                return nameOf(m, k, "weight");
            }
            if (!readTensor(tensors, nameOf(m, k, "bias"), {layer.out}, layer.bias)) {
                return nameOf(m, k, "bias");
            }
        }
    }
    return {};
}

} // namespace

SavedModel saveZiln(const ZilnNetwork &network)
{
    using nlohmann::ordered_json;
    ordered_json json;
    json["kind"] = kKind;
    json["columns"] = network.columns;
    json["center"] = network.center;
    json["spread"] = network.spread;
    json["largest"] = network.largest;
    json["negative_part"] = network.negativePart;
    json["constant"] = nullptr;
    if (const auto &c = network.constant) {
        json["constant"] = {{"p_positive", c->pPositive}, {"mu", c->mu}, {"sigma", c->sigma}};
    }
    json["members"] = ordered_json::array();
    std::vector<WeightBlob> tensors{listBlob("input.mean", network.mean),
                                    listBlob("input.deviation", network.deviation)};
    for (std::size_t m = 0; m < network.members.size(); ++m) {
        const ZilnNetwork::Member &member = network.members[m];
        ordered_json units = ordered_json::array();
        for (std::size_t k = 0; k < member.layers.size(); ++k) {
            const ZilnNetwork::Layer &layer = member.layers[k];
            units.push_back(layer.out);
            tensors.push_back(
                blobOf<float>(nameOf(m, k, "weight"), layer.weight, {layer.out, layer.in}));
            tensors.push_back(listBlob(nameOf(m, k, "bias"), layer.bias));
        }
        json["members"].push_back({{"best_epoch", member.bestEpoch},
                                   {"held_out_loss", member.heldOutLoss},
                                   {"units", std::move(units)}});
    }
    return sealModel(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                     std::move(tensors));
}

Result<ZilnNetwork> loadZiln(const SavedModel &saved)
{
    if (Status sealed = checkSeal(saved); !sealed) {
        return sealed.error();
    }
    try {
        const auto json = nlohmann::json::parse(saved.json, shallowerThan(5));
        ZilnNetwork network = frameFrom(json);
        if (json.at("kind") != kKind || !isSound(network)) {
            return damaged("json");
        }
        std::string wrong = readTensors(saved.tensors, network);
        if (!wrong.empty()) {
            return damaged(std::move(wrong));
        }
        return network;
    } catch (const nlohmann::json::exception &) {
        return damaged("json");
    }
}

} // namespace perennial
