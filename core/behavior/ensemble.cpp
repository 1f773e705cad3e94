#include "core/behavior/ensemble_torch.h"

#include "core/behavior/checkpoint_torch.h"
#include "core/project/weight_blob.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace perennial::net {

namespace {

std::string prefixOf(std::size_t member) { return "member." + std::to_string(member + 1) + "/"; }

/// The mean over members of what `of` says of one.
template <class Of>
double meanOf(Outlooks outlooks, Of of)
{
    double sum = 0;
    for (const Inference::Outlook &outlook : outlooks) {
        sum += of(outlook);
    }
    return sum / static_cast<double>(outlooks.size());
}

} // namespace

std::vector<WeightBlob> toStored(std::vector<MemberBlobs> members)
{
    std::vector<WeightBlob> blobs;
    for (std::size_t k = 0; k < members.size(); ++k) {
        for (WeightBlob &blob : members[k]) {
            blob.name = members.size() > 1 ? prefixOf(k) + blob.name : blob.name;
            blobs.push_back(std::move(blob));
        }
    }
    return blobs;
}

std::vector<MemberBlobs> membersOf(std::vector<WeightBlob> &blobs, int members)
{
    if (members == 1) {
        std::vector<MemberBlobs> one;
        one.push_back(std::move(blobs));
        return one;
    }
    std::vector<MemberBlobs> all(static_cast<std::size_t>(members));
    for (std::size_t k = 0; k < all.size(); ++k) {
        all[k] = takeBlobs(blobs, prefixOf(k));
    }
    return all;
}

Result<std::unique_ptr<const Network>> makeNetwork(const NetworkShape &shape,
                                                   const MemberBlobs &blobs,
                                                   const at::Device &device)
{
    auto network = std::make_unique<Network>(shape, 0, device);
    if (const auto loaded = loadParameters(*network, blobs); !loaded) {
        return loaded.error();
    }
    return std::unique_ptr<const Network>(std::move(network));
}

Result<Networks> makeNetworks(const NetworkShape &shape, const std::vector<MemberBlobs> &members,
                              const at::Device &device)
{
    Networks networks;
    for (const MemberBlobs &blobs : members) {
        auto network = makeNetwork(shape, blobs, device);
        if (!network) {
            return network.error();
        }
        networks.push_back(std::move(*network));
    }
    return networks;
}

Ensemble::Ensemble(const Networks &networks, const ItemCatalog &catalog, const ZilnBounds &bounds)
{
    m_members.reserve(networks.size());
    for (const auto &network : networks) {
        m_members.emplace_back(*network, catalog, bounds);
    }
}

Ensemble::Ensemble(const Network &network, const ItemCatalog &catalog, const ZilnBounds &bounds)
{
    m_members.emplace_back(network, catalog, bounds);
}

Ensemble::Users Ensemble::users(const SequenceBatch &batch) const
{
    Users users;
    for (const Inference &member : m_members) {
        users.push_back(member.users(batch));
    }
    return users;
}

std::vector<std::vector<double>> Ensemble::attention(const SequenceBatch &batch) const
{
    std::vector<std::vector<double>> blocks;
    for (const Inference &member : m_members) {
        std::ranges::move(member.attention(batch), std::back_inserter(blocks));
    }
    return blocks;
}

at::Tensor Ensemble::logProbabilities(const Users &users) const
{
    const at::NoGradGuard frozen;
    at::Tensor pooled = m_members[0].logProbabilities(users[0]);
    if (members() == 1) {
        return pooled;
    }
    for (std::size_t k = 1; k < members(); ++k) {
        pooled = at::logaddexp(pooled, m_members[k].logProbabilities(users[k]));
    }
    return pooled - std::log(static_cast<double>(members()));
}

at::Tensor Ensemble::cosines(const Users &users) const
{
    const at::NoGradGuard frozen;
    at::Tensor sum = m_members[0].cosines(users[0]);
    for (std::size_t k = 1; k < members(); ++k) {
        sum += m_members[k].cosines(users[k]);
    }
    return members() == 1 ? sum : sum / static_cast<double>(members());
}

std::vector<Inference::Outlook> Ensemble::outlooks(const Users &users, const SequenceBatch &batch,
                                                   const Heads &heads, int labelDays) const
{
    std::vector<Inference::Outlook> all;
    for (std::size_t k = 0; k < members(); ++k) {
        all.push_back(m_members[k].outlook(users[k], batch, heads, labelDays));
    }
    return all;
}

double pChurnOf(Outlooks outlooks, std::size_t k, double carry)
{
    return meanOf(outlooks, [&](const Inference::Outlook &outlook) {
        return std::pow(outlook.pChurn[k], carry);
    });
}

double pClickOf(Outlooks outlooks, std::size_t k, double carry)
{
    return meanOf(outlooks, [&](const Inference::Outlook &outlook) {
        return carry == 1 ? outlook.pClick[k] : 1 - std::pow(1 - outlook.pClick[k], carry);
    });
}

double expectedValueOf(Outlooks outlooks, std::size_t k, double carry)
{
    return meanOf(outlooks, [&](const Inference::Outlook &outlook) {
        return outlook.expectedValue[k] * carry;
    });
}

ReturnMixture returnsOf(Outlooks outlooks, std::size_t k)
{
    std::vector<ReturnCurve> curves;
    for (const Inference::Outlook &outlook : outlooks) {
        curves.push_back(outlook.returns[k]);
    }
    return ReturnMixture(std::move(curves));
}

} // namespace perennial::net
