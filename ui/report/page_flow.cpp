#include "ui/report/page_flow.h"

#include "ui/report/report_text.h"
#include "ui/report/table_layout.h"
#include "ui/report/text_measure.h"

#include <algorithm>

namespace perennial::report {
namespace {

constexpr double kGap = 90;       // between blocks
constexpr double kSmallGap = 35;  // between a title and its content
constexpr double kHeadlineGap = 70;
constexpr double kPadding = 60;   // inside a key figure
constexpr double kFigureGap = 120; // between figures side by side

/// Places blocks from the top of the page down and opens the next page when one is full.
class Flow {
public:
    Flow(PageDocument &document, const Furniture &furniture)
        : m_document(document), m_furniture(furniture), m_frame(document.frame())
    {
    }

    void place(const Part &part)
    {
        m_continued = false;
        openPage(onOneLine(part.headline));
        if (!part.lead.isEmpty()) {
            lines(wrapped(part.lead, Face::Lead, m_frame.width(), 6), Face::Lead, PageInk::Quiet);
            m_y += kGap;
        }
        for (const Block &block : part.blocks) {
            std::visit([this](const auto &b) { put(b); }, block);
        }
    }

    void number()
    {
        const auto count = static_cast<int>(m_document.pages.size());
        for (int i = 0; i < count; ++i) {
            const QString text = ReportText::tr("Page %1 of %2").arg(i + 1).arg(count);
            addFoot(m_document.pages[static_cast<std::size_t>(i)], text);
        }
    }

private:
    PageContent &page() { return m_document.pages.back(); }
    double top() const { return m_frame.top() + 2 * lineHeight(Face::Caption) + 3 * kSmallGap; }
    double bottom() const { return m_frame.bottom() - lineHeight(Face::Caption) - 2 * kSmallGap; }
    double room() const { return bottom() - m_y; }
    bool atTop() const { return m_y <= m_bodyTop + 1; }

    void text(double left, double width, const QString &line, Face face, PageInk ink,
              Qt::Alignment align = Qt::AlignLeft)
    {
        page().texts.push_back({QRectF(left, m_y, width, lineHeight(face)), line, face, ink, align});
    }

    void lines(const QStringList &all, Face face, PageInk ink)
    {
        for (const QString &line : all) {
            if (room() < lineHeight(face)) {
                nextPage();
            }
            text(m_frame.left(), m_frame.width(), line, face, ink);
            m_y += lineHeight(face);
        }
    }

    void openPage(const QString &headline)
    {
        m_document.pages.emplace_back();
        m_headline = headline;
        page().headline = headline;
        m_y = m_frame.top();
        const double half = m_frame.width() / 2;
        text(m_frame.left(), half, elided(m_furniture.title, Face::Title, half), Face::Title,
             PageInk::Text);
        text(m_frame.left() + half, half, m_furniture.dataMark, Face::Caption, PageInk::Quiet,
             Qt::AlignRight);
        m_y += lineHeight(Face::Title);
        text(m_frame.left(), m_frame.width(),
             elided(m_furniture.scope, Face::Caption, m_frame.width()), Face::Caption, PageInk::Quiet);
        m_y = top() + kSmallGap;
        page().rules.push_back({QLineF(m_frame.left(), m_y, m_frame.right(), m_y), PageInk::Line});
        m_y += kGap;
        const QString shown = m_continued ? ReportText::tr("%1 (continued)").arg(headline) : headline;
        lines(wrapped(shown, Face::Headline, m_frame.width(), 3), Face::Headline, PageInk::Text);
        m_y += kHeadlineGap;
        m_bodyTop = m_y;
    }

    void nextPage()
    {
        m_continued = true;
        openPage(m_headline);
    }

    /// Goes to the next page unless `height` still fits; a page of its own is the most it gets.
    void need(double height)
    {
        if (height > room() && !atTop()) {
            nextPage();
        }
    }

    void heading(const QString &title)
    {
        if (!title.isEmpty()) {
            text(m_frame.left(), m_frame.width(),
                 elided(onOneLine(title), Face::Heading, m_frame.width()), Face::Heading, PageInk::Text);
            m_y += lineHeight(Face::Heading) + kSmallGap;
        }
    }
    double headingHeight(const QString &title) const
    {
        return title.isEmpty() ? 0 : lineHeight(Face::Heading) + kSmallGap;
    }

    void caption(const QString &note)
    {
        if (!note.isEmpty()) {
            m_y += kSmallGap;
            lines(wrapped(note, Face::Caption, m_frame.width(), 6), Face::Caption, PageInk::Quiet);
        }
    }

    void put(const Paragraph &paragraph)
    {
        const bool note = paragraph.tone == Paragraph::Tone::Note;
        const Face face = note ? Face::Caption : Face::Body;
        const PageInk ink = paragraph.tone == Paragraph::Tone::Warning ? PageInk::Warn
                        : note                                     ? PageInk::Quiet
                                                                   : PageInk::Text;
        const QStringList all = wrapped(paragraph.text, face, m_frame.width(), 1000);
        const auto kept = static_cast<double>(std::min<qsizetype>(all.size(), 6));
        need(kept * lineHeight(face));
        lines(all, face, ink);
        m_y += kGap;
    }

    void put(const KeyFigures &figures)
    {
        const std::size_t perRow = figures.items.size() > 4 ? 3 : std::max<std::size_t>(
                                                                   figures.items.size(), 1);
        const double gap = kPadding;
        const double width = (m_frame.width() - gap * static_cast<double>(perRow - 1)) /
                             static_cast<double>(perRow);
        const double height = 2 * kPadding + 2 * lineHeight(Face::Caption) +
                              lineHeight(Face::Value);
        for (std::size_t first = 0; first < figures.items.size(); first += perRow) {
            need(height);
            const double y = m_y;
            for (std::size_t i = first; i < std::min(first + perRow, figures.items.size()); ++i) {
                const double left =
                    m_frame.left() + static_cast<double>(i - first) * (width + gap);
                page().fills.push_back({QRectF(left, y, width, height), PageInk::Raised});
                page().rules.push_back({QLineF(left, y, left + width, y), PageInk::Accent});
                const double inner = width - 2 * kPadding;
                m_y = y + kPadding;
                keyFigure(figures.items[i], left + kPadding, inner);
            }
            m_y = y + height + gap;
        }
        m_y += kGap - gap;
    }

    void keyFigure(const KeyFigure &figure, double left, double width)
    {
        text(left, width, elided(onOneLine(figure.label), Face::Caption, width), Face::Caption,
             PageInk::Quiet);
        m_y += lineHeight(Face::Caption);
        text(left, width, elided(onOneLine(figure.value), Face::Value, width), Face::Value, PageInk::Text);
        m_y += lineHeight(Face::Value);
        text(left, width, elided(onOneLine(figure.note), Face::Caption, width), Face::Caption,
             PageInk::Quiet);
    }

    void put(const FigureRow &row)
    {
        if (row.figures.empty()) {
            return;
        }
        const auto count = static_cast<double>(row.figures.size());
        const double width = (m_frame.width() - kFigureGap * (count - 1)) / count;
        double height = 0;
        double below = 0;
        std::vector<QStringList> captions;
        for (const Figure &figure : row.figures) {
            captions.push_back(figure.caption.isEmpty()
                                   ? QStringList()
                                   : wrapped(figure.caption, Face::Caption, width, 4));
            height = std::max(height, figure.height * kUnitsPerPoint);
            below = std::max(below, static_cast<double>(captions.back().size()) *
                                        lineHeight(Face::Caption));
        }
        const double title = lineHeight(Face::Heading) + kSmallGap;
        need(title + height + below + kSmallGap);
        height = std::min(height, room() - title - below - kSmallGap);
        const double y = m_y;
        for (std::size_t i = 0; i < row.figures.size(); ++i) {
            const double left = m_frame.left() + static_cast<double>(i) * (width + kFigureGap);
            m_y = y;
            text(left, width, elided(onOneLine(row.figures[i].title), Face::Heading, width),
                 Face::Heading, PageInk::Text);
            page().graphics.push_back(
                {QRectF(left, y + title, width, height), row.figures[i].paint});
            m_y = y + title + height + kSmallGap;
            for (const QString &line : captions[i]) {
                text(left, width, line, Face::Caption, PageInk::Quiet);
                m_y += lineHeight(Face::Caption);
            }
        }
        m_y = y + title + height + kSmallGap + below + kGap;
    }

    void put(const Table &table)
    {
        if (table.rows.empty()) {
            need(headingHeight(table.title) + lineHeight(Face::Body));
            heading(table.title);
            lines(wrapped(table.whenEmpty, Face::Body, m_frame.width(), 4), Face::Body, PageInk::Quiet);
            m_y += kGap;
            return;
        }
        const TableLayout layout = measureTable(table, m_frame.width());
        const std::size_t kept = std::min<std::size_t>(layout.rows.size(), 3);
        double start = headingHeight(table.title) + layout.header.height;
        for (std::size_t i = 0; i < kept; ++i) {
            start += layout.rows[i].height;
        }
        need(start);
        heading(table.title);
        headerRow(table, layout);
        for (std::size_t i = 0; i < layout.rows.size(); ++i) {
            // The last row never stands alone on a page: it takes the one before it along.
            const bool pairs = i + 2 == layout.rows.size();
            const double height = layout.rows[i].height + (pairs ? layout.rows[i + 1].height : 0);
            if (height > room()) {
                nextPage();
                headerRow(table, layout);
            }
            tableRow(table, layout, layout.rows[i], layout.rows[i].total ? Face::Strong : Face::Body,
                     PageInk::Text);
        }
        caption(table.note);
        m_y += kGap;
    }

    void headerRow(const Table &table, const TableLayout &layout)
    {
        page().fills.push_back(
            {QRectF(m_frame.left(), m_y, m_frame.width(), layout.header.height), PageInk::Raised});
        tableRow(table, layout, layout.header, Face::Strong, PageInk::Quiet);
    }

    void tableRow(const Table &table, const TableLayout &layout, const TableLayout::Row &row,
                  Face face, PageInk ink)
    {
        const double y = m_y;
        if (row.total) {
            page().rules.push_back({QLineF(m_frame.left(), y, m_frame.right(), y), PageInk::Quiet});
        }
        for (std::size_t c = 0; c < row.cells.size(); ++c) {
            const bool number = table.columns[c].kind == Column::Kind::Number;
            m_y = y + kRowPadding;
            for (const QString &line : row.cells[c].lines) {
                text(m_frame.left() + layout.lefts[c] + kCellPadding,
                     layout.widths[c] - 2 * kCellPadding, line, face, ink,
                     number ? Qt::AlignRight : Qt::AlignLeft);
                m_y += lineHeight(face);
            }
        }
        m_y = y + row.height;
        page().rules.push_back({QLineF(m_frame.left(), m_y, m_frame.right(), m_y), PageInk::Line});
    }

    void addFoot(PageContent &content, const QString &pageText)
    {
        const double height = lineHeight(Face::Caption);
        const double y = m_frame.bottom() - height;
        content.rules.push_back(
            {QLineF(m_frame.left(), y - kSmallGap, m_frame.right(), y - kSmallGap), PageInk::Line});
        const double third = m_frame.width() / 3;
        const auto add = [&](double left, double width, const QString &line, Qt::Alignment align) {
            content.texts.push_back({QRectF(left, y, width, height),
                                     elided(line, Face::Caption, width), Face::Caption, PageInk::Quiet,
                                     align});
        };
        add(m_frame.left(), 2 * third,
            QStringLiteral("%1 · %2").arg(m_furniture.printed, m_furniture.dataMark), Qt::AlignLeft);
        add(m_frame.left() + 2 * third, third, pageText, Qt::AlignRight);
    }

    PageDocument &m_document;
    const Furniture &m_furniture;
    QRectF m_frame;
    QString m_headline;
    bool m_continued = false;
    double m_y = 0;
    double m_bodyTop = 0;
};

} // namespace

QString onOneLine(const QString &text)
{
    constexpr qsizetype kLongest = 400;
    QString line = text.left(kLongest + 1);
    for (QChar &c : line) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line ||
            c.category() == QChar::Separator_Paragraph) {
            c = QLatin1Char(' ');
        }
    }
    line = line.simplified();
    return line.size() > kLongest ? line.left(kLongest - 1) + QStringLiteral("…") : line;
}

PageDocument layOut(const std::vector<Part> &parts, const Furniture &furniture,
                    QPageSize::PageSizeId size)
{
    PageDocument document;
    document.size = QPageSize(size);
    document.title = furniture.title;
    Flow flow(document, furniture);
    if (parts.empty()) {
        flow.place({ReportText::tr("Nothing was chosen for this report"), {}, {}});
    }
    for (const Part &part : parts) {
        document.partPages.push_back(static_cast<int>(document.pages.size()));
        flow.place(part);
    }
    flow.number();
    return document;
}

} // namespace perennial::report
