#include "app/verbs/interval_output.h"

#include "ui/wording/format.h"

#include <QCoreApplication>

#include <charconv>
#include <string_view>

namespace perennial {

namespace {

using nlohmann::ordered_json;

constexpr int kFewestResamples = 19; // that have a 5th and a 95th percentile
constexpr int kMostResamples = 100000;

QString tr(const char *text)
{
    return QCoreApplication::translate("Fit", text);
}

ordered_json endJson(const std::optional<double> &end)
{
    return end ? ordered_json(*end) : ordered_json(nullptr);
}

QString headingOf(const ParameterIntervals &intervals)
{
    const QString level = QString::number(100.0 * intervals.level);
    switch (intervals.method) {
    case IntervalMethod::Wald: return tr("%1 % intervals by the normal approximation").arg(level);
    case IntervalMethod::Profile: return tr("%1 % intervals of the profile likelihood").arg(level);
    case IntervalMethod::Bootstrap: break;
    }
    const QString heading =
        tr("%1 % intervals of %2 resamples of the customers").arg(level).arg(intervals.resamples);
    return intervals.unresolved > 0
               ? tr("%1, %2 without a maximum").arg(heading).arg(intervals.unresolved)
               : heading;
}

QString endsOf(const ParameterInterval &interval)
{
    const auto number = [](double value) { return QString::number(value, 'g', 5); };
    if (interval.lower && interval.upper) {
        return tr("%1 to %2").arg(number(*interval.lower), number(*interval.upper));
    }
    if (interval.lower) {
        return tr("%1 or more: no upper end").arg(number(*interval.lower));
    }
    return interval.upper ? tr("%1 or less: no lower end").arg(number(*interval.upper))
                          : tr("neither end is known");
}

} // namespace

Result<std::optional<ParameterIntervalOptions>> intervalsArgument(const std::string &text)
{
    if (text.empty()) {
        return std::optional<ParameterIntervalOptions>();
    }
    const std::string_view whole(text);
    const std::size_t colon = whole.find(':');
    const std::string_view name = whole.substr(0, colon);
    ParameterIntervalOptions options;
    bool known = false;
    for (const IntervalMethod method :
         {IntervalMethod::Wald, IntervalMethod::Profile, IntervalMethod::Bootstrap}) {
        if (name == intervalMethodName(method)) {
            options.method = method;
            known = true;
        }
    }
    if (colon != std::string_view::npos) {
        const std::string_view count = whole.substr(colon + 1);
        const auto [stop, error] =
            std::from_chars(count.data(), count.data() + count.size(), options.resamples);
        known = known && options.method == IntervalMethod::Bootstrap && error == std::errc() &&
                stop == count.data() + count.size() && options.resamples >= kFewestResamples &&
                options.resamples <= kMostResamples;
    }
    if (!known) {
        return fail(ErrorCode::InvalidArgument, text, "--intervals");
    }
    return std::optional(options);
}

ordered_json intervalsJson(const ParameterIntervals &intervals)
{
    ordered_json parameters = ordered_json::object();
    for (const ParameterInterval &interval : intervals.parameters) {
        parameters[interval.name] = {endJson(interval.lower), endJson(interval.upper)};
    }
    return {{"method", intervalMethodName(intervals.method)},
            {"level", intervals.level},
            {"resamples", intervals.resamples},
            {"unresolved", intervals.unresolved},
            {"parameters", std::move(parameters)}};
}

QStringList intervalLines(const ParameterIntervals &intervals)
{
    QStringList lines{headingOf(intervals)};
    for (const ParameterInterval &interval : intervals.parameters) {
        lines << QStringLiteral("  %1 %2")
                     .arg(QString::fromStdString(interval.name), -6)
                     .arg(endsOf(interval));
    }
    return lines;
}

} // namespace perennial
