#include "ui/wording/run_quality_words.h"

#include "ui/wording/words.h"

#include <QCoreApplication>

#include <array>
#include <string_view>
#include <utility>

namespace perennial {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("RunQuality", text); }

} // namespace

QString headText(const std::string &head)
{
    const std::array<std::pair<std::string_view, const char *>, 11> known{{
        {"next_item", QT_TRANSLATE_NOOP("RunQuality", "next item")},
        {"next_item_new", QT_TRANSLATE_NOOP("RunQuality", "next new item")},
        {"churn", QT_TRANSLATE_NOOP("RunQuality", "P(no order)")},
        {"purchase", QT_TRANSLATE_NOOP("RunQuality", "P(order)")},
        {"click", QT_TRANSLATE_NOOP("RunQuality", "P(click)")},
        {"return", QT_TRANSLATE_NOOP("RunQuality", "Return time")},
        {"return_7", QT_TRANSLATE_NOOP("RunQuality", "P(return within 7 days)")},
        {"return_30", QT_TRANSLATE_NOOP("RunQuality", "P(return within 30 days)")},
        {"return_90", QT_TRANSLATE_NOOP("RunQuality", "P(return within 90 days)")},
        {"value", QT_TRANSLATE_NOOP("RunQuality", "value")},
        {"return_days", QT_TRANSLATE_NOOP("RunQuality", "days to return")},
    }};
    for (const auto &[name, text] : known) {
        if (name == head) {
            return tr(text);
        }
    }
    return QString::fromStdString(head);
}

QString figureNameText(const std::string &figure)
{
    const std::array<std::pair<std::string_view, const char *>, 14> known{{
        {"hr10", QT_TRANSLATE_NOOP("RunQuality", "HR@10")},
        {"ndcg10", QT_TRANSLATE_NOOP("RunQuality", "NDCG@10")},
        {"mrr", QT_TRANSLATE_NOOP("RunQuality", "MRR")},
        {"auc", QT_TRANSLATE_NOOP("RunQuality", "AUC")},
        {"log_loss", QT_TRANSLATE_NOOP("RunQuality", "log loss")},
        {"brier", QT_TRANSLATE_NOOP("RunQuality", "Brier")},
        {"ece", QT_TRANSLATE_NOOP("RunQuality", "ECE")},
        {"bias", QT_TRANSLATE_NOOP("RunQuality", "bias")},
        {"mae", QT_TRANSLATE_NOOP("RunQuality", "MAE")},
        {"rmse", QT_TRANSLATE_NOOP("RunQuality", "RMSE")},
        {"spearman", QT_TRANSLATE_NOOP("RunQuality", "Spearman")},
        {"norm_gini", QT_TRANSLATE_NOOP("RunQuality", "normalised Gini")},
        {"decile_mape", QT_TRANSLATE_NOOP("RunQuality", "decile MAPE")},
        {"concordance", QT_TRANSLATE_NOOP("RunQuality", "concordance")},
    }};
    for (const auto &[name, text] : known) {
        if (name == figure) {
            return tr(text);
        }
    }
    return QString::fromStdString(figure);
}

QString userGroupingText(const std::string &by)
{
    return by == "stage"     ? tr("Stage")
           : by == "newness" ? tr("New or returning")
           : by == "history" ? tr("Events so far")
                             : QString::fromStdString(by);
}

QString userGroupText(const std::string &by, const std::string &group)
{
    if (group.empty()) {
        return tr("not known");
    }
    if (by == "stage") {
        if (const auto stage = stageFromName(group)) {
            return stageText(*stage);
        }
    }
    if (by == "newness") {
        return group == "new" ? tr("new, less than 30 days") : tr("returning");
    }
    if (by == "history") {
        const QString range = QString::fromStdString(group).replace(QLatin1Char('-'), u'–');
        return group == "1" ? tr("1 event") : tr("%1 events").arg(range);
    }
    return QString::fromStdString(group);
}

int figureDecimals(const std::string &figure)
{
    return figure == "mae" || figure == "rmse" ? 2 : 4;
}

} // namespace perennial
