#include "ui/wording/recommendation_words.h"

#include "ui/wording/counts.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace perennial {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("RecommendationWords", text); }

constexpr double kLeastShare = 0.005; ///< what rounds to nothing is not named

} // namespace

QString recommendationMethodText(const std::string &name)
{
    if (name == "blend") {
        return tr("Blend");
    }
    if (name == "behavior") {
        return tr("Behaviour model");
    }
    if (name == "popular") {
        return tr("Popular");
    }
    if (name == "popular-30d") {
        return tr("Popular, 30 days");
    }
    if (name == "popular-decayed") {
        return tr("Popular lately");
    }
    if (name == "item-knn") {
        return tr("ItemKNN");
    }
    if (name == "markov") {
        return tr("Next basket");
    }
    if (name == "ease") {
        return tr("EASE");
    }
    if (name == "ease-300") {
        return tr("EASE, looser");
    }
    return QString::fromStdString(name);
}

QString recommendationSourceText(const RecommendationList &list)
{
    switch (list.source) {
    case RecommendationSource::Blend:
        return list.run > 0 ? tr("blend with behaviour model run %1").arg(list.run)
                            : tr("blend of simple recommenders");
    case RecommendationSource::Model: return tr("behaviour model, run %1").arg(list.run);
    case RecommendationSource::Simple: return recommendationMethodText(list.method);
    case RecommendationSource::Popular: return tr("nothing known of the user: what is popular");
    }
    return {};
}

QString memberSharesText(const std::vector<MemberShare> &members)
{
    std::vector<MemberShare> sorted = members;
    std::stable_sort(sorted.begin(), sorted.end(), [](const MemberShare &a, const MemberShare &b) {
        return a.share > b.share;
    });
    QStringList parts;
    for (const MemberShare &one : sorted) {
        if (one.share >= kLeastShare) {
            parts << tr("%1 %2").arg(recommendationMethodText(one.member))
                         .arg(percentText(one.share));
        }
    }
    return parts.join(QStringLiteral(", "));
}

QString itemText(const std::string &key, const std::string &name)
{
    return QString::fromStdString(name.empty() ? key : name);
}

QString reasonsText(const std::vector<RecommendationReason> &reasons)
{
    QStringList parts;
    for (const RecommendationReason &reason : reasons) {
        QString part = eventKindText(reason.event).toLower();
        if (const QString item = itemText(reason.item, reason.itemName); !item.isEmpty()) {
            part += QLatin1Char(' ') + item;
        }
        parts << tr("%1 on %2 (%3)")
                     .arg(part, dayText(dayOf(reason.at)), percentText(reason.share));
    }
    return parts.join(QStringLiteral("; "));
}

QString worthSourceText(WorthSource source)
{
    switch (source) {
    case WorthSource::Paid: return tr("mean paid for it");
    case WorthSource::Price: return tr("its price");
    case WorthSource::Category: return tr("mean of its category, as it has no price");
    case WorthSource::All:
        return tr("mean of all items, as neither it nor its category has a price");
    }
    return {};
}

QString recommenderNoteText(const RankerNote &note)
{
    if (note.code == "not_trained") {
        return tr("no behaviour model is trained: the blend is one of simple recommenders");
    }
    if (note.code == "behavior_not_weighed") {
        return tr("the behaviour run was trained before blends were fitted and has no part in this "
                  "one; train again to give it one");
    }
    if (note.code == "knows_later") {
        return tr("the behaviour run has also learned from %1 after the last day known here: its "
                  "lists and chances know some of what came then, so they are no test of it")
            .arg(daysText(static_cast<qint64>(note.figure)));
    }
    if (note.code == "weights_unknown") {
        return tr("the past is too short to fit weights on: what is popular is listed");
    }
    if (note.code == "carried") {
        return tr("chances were learned on a window of %1 and are carried to the horizon at a "
                  "constant rate")
            .arg(daysText(static_cast<qint64>(note.figure)));
    }
    if (note.code == "items_capped") {
        return tr("EASE: only the %1 most bought items have weights, all would not fit into memory")
            .arg(countText(static_cast<qint64>(note.figure)));
    }
    if (note.code == "items_whole") {
        return tr("EASE: there are %1 items").arg(countText(static_cast<qint64>(note.figure)));
    }
    if (note.code == "bytes_whole") {
        return tr("EASE: weights for all of them would take %1")
            .arg(bytesText(static_cast<qint64>(note.figure)));
    }
    if (note.code.starts_with("failed_")) {
        return tr("%1 could not be learned and says nothing")
            .arg(recommendationMethodText(note.code.substr(7)));
    }
    return QString::fromStdString(note.code);
}

QString blendWeightsText(const BlendRecipe &recipe)
{
    QStringList parts;
    for (const BlendMember &member : recipe.weights.members) {
        if (!(member.weight > 0)) {
            continue;
        }
        const QString name =
            tr("%1 %2")
                .arg(recommendationMethodText(member.name), fullText(member.weight, 2));
        if (recipe.weights.users == 0) {
            parts << name;
        } else if (member.interval) {
            parts << tr("%1 (adds %2 [%3, %4])")
                         .arg(name, fullText(member.adds, 4), fullText(member.interval->lower, 4),
                              fullText(member.interval->upper, 4));
        } else {
            parts << tr("%1 (adds %2)").arg(name, fullText(member.adds, 4));
        }
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace perennial
