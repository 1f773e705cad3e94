#include "ui/wording/run_quality_words.h"

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
    const std::array<std::pair<std::string_view, const char *>, 10> known{{
        {"next_item", QT_TRANSLATE_NOOP("RunQuality", "next item")},
        {"next_item_new", QT_TRANSLATE_NOOP("RunQuality", "next new item")},
        {"churn", QT_TRANSLATE_NOOP("RunQuality", "P(no order)")},
        {"purchase", QT_TRANSLATE_NOOP("RunQuality", "P(order)")},
        {"click", QT_TRANSLATE_NOOP("RunQuality", "P(click)")},
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

} // namespace perennial
