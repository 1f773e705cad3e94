#include "ui/pages/import/kind_words_dialog.h"

#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace perennial {

namespace {

constexpr int kNoKind = -1;
constexpr qsizetype kNamedWords = 3;

QString wordText(const KindWord &word)
{
    return word.word.empty() ? KindWordsDialog::tr("(nothing)")
                             : QString::fromStdString(word.word);
}

} // namespace

KindWordsDialog::KindWordsDialog(std::vector<KindWord> words, QWidget *parent)
    : QDialog(parent), m_words(std::move(words))
{
    setWindowTitle(tr("Kinds of event"));
    resize(520, 420);
    auto *column = new QVBoxLayout(this);
    column->addWidget(captionLabel(tr("What the words of the column stand for, by the first rows "
                                      "of the file. Rows with a word that is not known stay out.")));
    auto *inside = new QWidget;
    auto *grid = new QGridLayout(inside);
    grid->setColumnStretch(0, 1);
    for (const KindWord &word : m_words) {
        const int row = grid->rowCount();
        QComboBox *box = kindBox(word);
        auto *label = plainLabel(wordText(word));
        label->setBuddy(box);
        grid->addWidget(label, row, 0);
        grid->addWidget(captionLabel(rowsText(word.rows)), row, 1);
        grid->addWidget(box, row, 2);
        m_kinds.push_back(box);
    }
    grid->setRowStretch(grid->rowCount(), 1);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(inside);
    column->addWidget(scroll, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

QComboBox *KindWordsDialog::kindBox(const KindWord &word) const
{
    auto *box = new QComboBox;
    box->setAccessibleName(tr("Kind of event of %1").arg(wordText(word)));
    if (!word.kind) {
        box->addItem(tr("not known: stays out"), kNoKind);
    }
    for (const EventKind kind : kEventKinds) {
        box->addItem(eventKindText(kind), static_cast<int>(kind));
    }
    box->setCurrentIndex(box->findData(word.kind ? static_cast<int>(*word.kind) : kNoKind));
    box->setEnabled(!word.word.empty()); // nothing is no word that could be named
    return box;
}

std::map<std::string, EventKind> KindWordsDialog::chosen() const
{
    std::map<std::string, EventKind> kinds;
    for (std::size_t k = 0; k < m_words.size(); ++k) {
        const int kind = m_kinds[k]->currentData().toInt();
        if (kind != kNoKind && (!m_words[k].kind || static_cast<int>(*m_words[k].kind) != kind)) {
            kinds[m_words[k].word] = static_cast<EventKind>(kind);
        }
    }
    return kinds;
}

QString unknownWordsText(const std::vector<KindWord> &words)
{
    QStringList unknown;
    for (const KindWord &word : words) {
        if (!word.kind && !word.word.empty()) {
            unknown << QString::fromStdString(word.word);
        }
    }
    if (unknown.size() <= kNamedWords) {
        return unknown.join(QStringLiteral(", "));
    }
    return KindWordsDialog::tr("%1 and %2 more")
        .arg(unknown.mid(0, kNamedWords).join(QStringLiteral(", ")),
             countText(unknown.size() - kNamedWords));
}

} // namespace perennial
