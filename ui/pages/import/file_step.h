#pragma once

#include "core/ingest/preview.h"

#include <QWidget>

class QFrame;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace perennial {

class Card;
class TableView;

/// First step of an import: which file. Drop one, browse, or type a path.
class ImportFileStep : public QWidget {
    Q_OBJECT

public:
    explicit ImportFileStep(QWidget *parent = nullptr);

    void setPath(const QString &path);
    QString path() const;
    /// What the file turned out to be, or why it cannot be read.
    /// @param own names of one's own profiles.
    void showFound(const ImportPreview &preview, const QStringList &own);
    void showError(const Error &error);
    /// Also that there is no file yet.
    void showReading();

Q_SIGNALS:
    void pathChosen(const QString &path);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void setUpDrop(QVBoxLayout *column);
    void setUpPath(QVBoxLayout *column);
    void setUpRows(QVBoxLayout *column);
    void showRows(const ImportPreview &preview);
    void browse();

    QFrame *m_drop;
    QLineEdit *m_path;
    QLabel *m_found;
    Card *m_card;
    TableView *m_rows;
};

} // namespace perennial
