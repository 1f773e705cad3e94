// What is done to the saved segments: the actions of the page Segments.
#include "ui/pages/segments/segments_page.h"

#include "ui/models/table_view.h"
#include "ui/segments/segment_edits.h"
#include "ui/segments/segment_files.h"

namespace perennial {

SegmentBuilder *SegmentsPage::openBuilder(const SegmentRule &rule, const QString &verb,
                                          std::function<void(const SegmentRule &)> taken)
{
    auto *builder = new SegmentBuilder(session(), jobs(), rule, verb, this);
    builder->setAttribute(Qt::WA_DeleteOnClose);
    if (taken) {
        connect(builder, &SegmentBuilder::taken, this, std::move(taken));
    }
    builder->open();
    return builder;
}

void SegmentsPage::keep(const QString &name, const SegmentRule &rule)
{
    if (!name.isEmpty()) {
        m_wanted = name;
        navigator().segmentEdits().save(name, rule);
    }
}

void SegmentsPage::newSegment()
{
    SegmentBuilder *builder = openBuilder(allOf({}), tr("Save"), {});
    builder->setWindowTitle(tr("New segment"));
    builder->addCondition();
    connect(builder, &SegmentBuilder::taken, this,
            [this, builder](const SegmentRule &rule) { keep(builder->name(), rule); });
    builder->askForName(names());
}

void SegmentsPage::importSegment()
{
    if (const auto imported = importSegmentFile(this)) {
        keep(askSegmentName(this, tr("Import segment"), imported->name, names()), imported->rule);
    }
}

void SegmentsPage::editSelected()
{
    if (const SavedSegment *segment = selected(); segment && !segment->unreadable) {
        SegmentBuilder *builder = openBuilder(
            segment->rule, tr("Save"),
            [this, name = segment->name](const SegmentRule &rule) { keep(name, rule); });
        builder->setWindowTitle(tr("Edit segment %1").arg(segment->name));
    }
}

void SegmentsPage::renameSelected()
{
    const SavedSegment *segment = selected();
    if (!segment) {
        return;
    }
    const QString from = segment->name;
    const QString to = askSegmentName(this, tr("Rename segment"), from, {});
    if (!to.isEmpty()) {
        m_wanted = to;
        navigator().segmentEdits().rename(from, to);
        m_wanted.clear();
    }
}

void SegmentsPage::duplicateSelected()
{
    if (const SavedSegment *segment = selected()) {
        const QString name = segment->name;
        navigator().segmentEdits().duplicate(name);
    }
}

void SegmentsPage::removeSelected()
{
    if (const SavedSegment *segment = selected()) {
        const QString name = segment->name;
        navigator().segmentEdits().remove(name);
        navigator().showMessage(tr("Segment “%1” deleted. Undo brings it back.").arg(name));
    }
}

void SegmentsPage::exportSelected()
{
    if (const SavedSegment *segment = selected()) {
        exportSegmentFile(this, segment->name, segment->rule);
    }
}

} // namespace perennial
