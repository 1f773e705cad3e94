#pragma once

#include "core/recommend/recommend.h"

#include <QString>

namespace perennial {

/// "blend" → "Blend", "ease" → "EASE", "popular-30d" → "Popular, 30 days", …; an unknown name as it
/// stands.
QString recommendationMethodText(const std::string &name);
/// What a list was made by: "blend with behaviour model run 3", "EASE", …
QString recommendationSourceText(const RecommendationList &list);
/// "EASE 62 %, Behaviour model 31 %": members that say something, the largest first.
QString memberSharesText(const std::vector<MemberShare> &members);
/// An item's name, or its key where it has none.
QString itemText(const std::string &key, const std::string &name);
/// "bought Blue mug on 2010-06-30 (31 %); viewed Tea on 2010-06-12 (8 %)".
QString reasonsText(const std::vector<RecommendationReason> &reasons);
/// Where the money of a purchase comes from: "mean paid", "price", …
QString worthSourceText(WorthSource source);
/// What of a recommender must be said, as a sentence without full stop; an unknown code as it
/// stands.
QString recommenderNoteText(const RankerNote &note);
/// What the blend is made of and what each member adds: "EASE 1 (adds 0.0652 [0.0600, 0.0700])".
QString blendWeightsText(const BlendRecipe &recipe);

} // namespace perennial
