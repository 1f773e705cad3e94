#include "ui/wording/behavior_words.h"

#include "ui/wording/counts.h"

#include <QCoreApplication>

namespace perennial {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("BehaviorWords", text); }

} // namespace

QString trainNoteText(const TrainNote &note)
{
    const QString detail = QString::fromStdString(note.detail);
    if (note.code == "label_window_shrunk") {
        return tr("the history is shorter than three horizons: labels span %1 and scores are "
                  "carried to the horizon at a constant rate")
            .arg(daysText(detail.toLongLong()));
    }
    if (note.code == "no_purchases") {
        return tr("no purchases: churn, purchase and value were not learned");
    }
    if (note.code == "no_items") {
        return tr("fewer than two items: the next item was not learned");
    }
    if (note.code == "no_labels") {
        return tr("the history is too short for a label window: only the next item was learned");
    }
    if (note.code == "one_class") {
        return tr("everybody, or nobody, ordered again: churn and purchase were not learned");
    }
    if (note.code == "no_clicks") {
        return tr("nobody clicked or viewed anything in the label windows: clicks were not "
                  "learned");
    }
    if (note.code == "all_click") {
        return tr("everybody clicked in every label window: clicks were not learned");
    }
    if (note.code == "no_returns") {
        return tr("nobody returned within a label window: the time to return was not learned");
    }
    if (note.code == "features_no_items") {
        return tr("the plain feature network reads no sequence: the next item was not learned");
    }
    if (note.code == "no_value") {
        return tr("too few users spent anything in the label windows (%1): value was not learned")
            .arg(detail);
    }
    if (note.code == "batch_halved") {
        return counted(detail.toLongLong(), tr("memory ran out: the batch was halved to 1 sequence"),
                       tr("memory ran out: the batch was halved to %1 sequences"));
    }
    if (note.code == "items_capped") {
        return tr("only the %1 most frequent items have an embedding of their own").arg(detail);
    }
    if (note.code == "stopped_early") {
        return tr("stopped after epoch %1: the validation grew no better").arg(detail);
    }
    if (note.code == "warm_start") {
        return detail == QLatin1String("0")
                   ? tr("started from the weights of another run, which knew none of the items: they "
                        "start from their features alone")
                   : counted(detail.toLongLong(),
                       tr("started from the weights of another run, which knew 1 of the items"),
                       tr("started from the weights of another run, which knew %1 of the items"));
    }
    if (note.code == "resumed") {
        return detail == QLatin1String("0")
                   ? tr("resumed: begun anew, as no epoch had ended")
                   : counted(detail.toLongLong(), tr("resumed after 1 epoch"),
                             tr("resumed after %1 epochs"));
    }
    return QString::fromStdString(note.code);
}

QString deviceReasonText(DeviceReason reason)
{
    switch (reason) {
    case DeviceReason::Asked: return tr("as asked");
    case DeviceReason::CudaFound: return tr("LibTorch offers a CUDA device");
    case DeviceReason::LibraryWithoutCuda: return tr("this LibTorch was built without CUDA");
    case DeviceReason::NoCudaDevice: return tr("LibTorch found no CUDA device");
    }
    return {};
}

QString comparedModelText(const std::string &name)
{
    if (name == "behavior") {
        return tr("Behaviour model");
    }
    if (name == "popular_all") {
        return tr("Popularity, all time");
    }
    if (name == "popular_30d") {
        return tr("Popularity, last 30 days");
    }
    if (name == "item-knn") {
        return tr("ItemKNN");
    }
    if (name == "markov") {
        return tr("Markov chain over baskets");
    }
    if (name == "ease") {
        return tr("EASE");
    }
    if (name == "blend") {
        return tr("Blend of all of these");
    }
    if (name == "bg-nbd") {
        return tr("BG/NBD and Gamma-Gamma");
    }
    if (name == "past_spend") {
        return tr("Past spend carried forward");
    }
    return QString::fromStdString(name);
}

} // namespace perennial
