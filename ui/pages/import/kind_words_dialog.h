#pragma once

#include "core/ingest/kind_words.h"

#include <QDialog>

class QComboBox;

namespace perennial {

/// Which kind of event each word of a file's column stands for.
class KindWordsDialog : public QDialog {
    Q_OBJECT

public:
    explicit KindWordsDialog(std::vector<KindWord> words, QWidget *parent = nullptr);

    /// What was chosen otherwise than it is read.
    std::map<std::string, EventKind> chosen() const;

private:
    QComboBox *kindBox(const KindWord &word) const;

    std::vector<KindWord> m_words;
    std::vector<QComboBox *> m_kinds; ///< one per word
};

/// "Kauf, Retoure and 3 more": the words that are read as no kind; empty where all are.
QString unknownWordsText(const std::vector<KindWord> &words);

} // namespace perennial
