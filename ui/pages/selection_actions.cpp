#include "ui/pages/selection_actions.h"

#include "ui/pages/scored_page.h"
#include "ui/segments/segment_edits.h"
#include "ui/segments/segment_files.h"

#include <QCoreApplication>
#include <QMenu>

#include <algorithm>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SelectionActions", text);
}

/// Hands over the rule of the users, at once or once their keys are read.
void withRule(const PageContext &context, const UserSelection &selection, QWidget *parent,
              const std::function<void(const SegmentRule &)> &take)
{
    const auto &label = context.session.label();
    if (!label) {
        return;
    }
    if (const auto rule = ruleOfSelection(selection, label->snapshot)) {
        take(*rule);
        return;
    }
    readScored<SegmentRule>(
        context, parent, tr("Users chosen"), QStringLiteral("selection-keys"),
        [users = selection.only](Project &project, const Task &) -> Result<SegmentRule> {
            auto ids = users ? *users : std::vector<std::int64_t>();
            std::ranges::sort(ids);
            return ruleOfUsers(project, ids);
        },
        [context, take](Result<SegmentRule> rule) {
            if (rule) {
                take(*rule);
            } else if (rule.error().code != ErrorCode::Cancelled) {
                context.navigator.showError(tr("The users could not be read"), rule.error());
            }
        });
}

void save(const PageContext &context, const SegmentRule &rule, const QString &offered,
          QWidget *parent)
{
    SegmentEdits &edits = context.navigator.segmentEdits();
    QStringList taken;
    for (const SegmentRecord &record : edits.saved()) {
        taken << QString::fromStdString(record.name);
    }
    const QString name = askSegmentName(parent, tr("Save as a segment"), offered, taken);
    if (!name.isEmpty()) {
        edits.save(name, rule);
    }
}

} // namespace

void addSelectionActions(QMenu *menu, const PageContext &context, const UserSelection &selection,
                         QWidget *parent)
{
    menu->addAction(tr("Filter by these users"), parent, [context, selection, parent] {
        withRule(context, selection, parent, [context](const SegmentRule &rule) {
            context.navigator.chooseSegment(withPart(context.session.segment()->rule(), rule));
        });
    });
    QAction *keep = menu->addAction(tr("Save as a segment…"), parent, [context, selection, parent] {
        withRule(context, selection, parent,
                 [context, parent, text = selection.text](const SegmentRule &rule) {
                     save(context, withPart(context.session.segment()->rule(), rule), text, parent);
                 });
    });
    keep->setEnabled(!context.session.readOnly());
}

} // namespace perennial
