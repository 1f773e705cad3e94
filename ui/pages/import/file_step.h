#pragma once

#include "core/ingest/preview.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace perennial {

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
    void showReading();

Q_SIGNALS:
    void pathChosen(const QString &path);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void browse();

    QLineEdit *m_path;
    QLabel *m_found;
};

} // namespace perennial
