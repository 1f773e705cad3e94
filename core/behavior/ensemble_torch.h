#pragma once

// Private to core/behavior: the networks of one run, asked as one.

#include "core/behavior/config.h"
#include "core/behavior/inference_torch.h"
#include "core/behavior/network_torch.h"
#include "core/project/run_store.h"

#include <torch/torch.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace perennial::net {

using Networks = std::vector<std::unique_ptr<const Network>>;

/// Parameters of one network, by their names.
using MemberBlobs = std::vector<WeightBlob>;

/// Of an ensemble each member's parameters stand under "member.K/" (K from 1), those of a single
/// network under their own names.
std::vector<WeightBlob> toStored(std::vector<MemberBlobs> members);
/// A run's weights by member, taken out of its tensors; what a run lacks shows as empty.
std::vector<MemberBlobs> membersOf(std::vector<WeightBlob> &blobs, int members);

/// @error Damaged, as loadParameters.
Result<std::unique_ptr<const Network>> makeNetwork(const NetworkShape &shape,
                                                   const MemberBlobs &blobs,
                                                   const at::Device &device);
Result<Networks> makeNetworks(const NetworkShape &shape, const std::vector<MemberBlobs> &members,
                              const at::Device &device);

/// Networks of one shape and one vocabulary over one catalogue. What they say together is the mean
/// of what each says (a linear pool): of chances, of expected amounts, and of the softmax
/// probabilities of the next item; so its log loss is at most the mean of theirs. A single network
/// answers as it does alone, to the bit. Used by many threads at a time.
/// Source: Lakshminarayanan, Pritzel & Blundell (2017), "Simple and scalable predictive uncertainty
/// estimation using deep ensembles", § 2.4.
class Ensemble {
public:
    Ensemble(const Networks &networks, const ItemCatalog &catalog, const ZilnBounds &bounds);
    Ensemble(const Network &network, const ItemCatalog &catalog, const ZilnBounds &bounds);

    std::size_t members() const noexcept { return m_members.size(); }
    std::int64_t rows() const noexcept { return m_members.front().rows(); }

    /// What each member's anchor tokens know: [b, d] a member.
    using Users = std::vector<at::Tensor>;
    Users users(const SequenceBatch &batch) const;
    /// Of all members' blocks, see Inference.
    std::vector<std::vector<double>> attention(const SequenceBatch &batch) const;
    /// log of the mean over members of P(next item = row + 1), −inf where the item is gone.
    /// @return [b, rows], CPU.
    at::Tensor logProbabilities(const Users &users) const;
    /// The members' mean. @return [b, rows], CPU.
    at::Tensor cosines(const Users &users) const;
    /// As BehaviorModel::bestItems, by the mean probability, exactly. Of several members the items
    /// are gone through twice: the first pass says what each one's probabilities are to be divided
    /// by; in the second the mean, which is no more than the largest of its terms, is worked out
    /// where that one could be listed.
    std::vector<std::vector<BehaviorModel::BestItem>>
    bestItems(const Users &users, std::size_t most,
              std::span<const std::vector<std::int32_t>> hidden) const;
    /// One a member, see Inference.
    std::vector<Inference::Outlook> outlooks(const Users &users, const SequenceBatch &batch,
                                             const Heads &heads, int labelDays) const;

private:
    std::vector<Inference> m_members;
};

/// What each member says of the k-th user, put together.
using Outlooks = std::span<const Inference::Outlook>;
/// P(no order) in `carry` windows, at a constant rate: the mean of each one's, carried.
double pChurnOf(Outlooks outlooks, std::size_t k, double carry);
double pClickOf(Outlooks outlooks, std::size_t k, double carry);
double expectedValueOf(Outlooks outlooks, std::size_t k, double carry);
ReturnMixture returnsOf(Outlooks outlooks, std::size_t k);

} // namespace perennial::net
