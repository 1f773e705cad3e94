#pragma once

#include "core/ingest/preview.h"
#include "core/ingest/profiles.h"

#include <QWidget>

class QComboBox;
class QGridLayout;
class QLineEdit;
class QSpinBox;

namespace perennial {

class ProfilePicker;

/// What a file holds and how it is written: profile, layout, notation. Holds no recipe of its own:
/// it shows a preview's and says what was changed.
class NotationForm : public QWidget {
    Q_OBJECT

public:
    explicit NotationForm(QWidget *parent = nullptr);

    /// @param own profiles of one's own. @param profile the one in use, empty = none.
    void showPreview(const ImportPreview &preview, const std::vector<ImportProfile> &own,
                     const QString &profile);
    ProfilePicker *profiles() const noexcept { return m_profile; }

Q_SIGNALS:
    void recipeChanged(const perennial::ImportRecipe &recipe);
    void wordsWanted(); ///< to say what the column of kinds means

private:
    void setUpNotation(QGridLayout *grid);
    void setUpMeaning(QGridLayout *grid);
    void setUpLayout(QGridLayout *grid);
    void setUpValues(QGridLayout *grid);
    void fillNotation();
    void fillDelimiters();
    void fillEncodings();
    void fillDates();
    void fillKind();
    ImportRecipe said() const;
    void readNotation();
    void readLayout(ImportRecipe &recipe) const;
    void readMarks(ImportRecipe &recipe) const;

    ImportPreview m_preview;
    ImportRecipe m_said; ///< as the fields stood last
    bool m_filling = false;
    ProfilePicker *m_profile;
    QComboBox *m_contents, *m_kind, *m_dedupe;
    QComboBox *m_encoding, *m_delimiter, *m_quote, *m_escape;
    QComboBox *m_dates, *m_zone, *m_decimal, *m_thousands;
    QSpinBox *m_headerRows, *m_skipLines;
    QLineEdit *m_missing;
};

} // namespace perennial
