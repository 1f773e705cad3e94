#pragma once

#include "page_fixture.h"

#include "ui/models/mapping_model.h"
#include "ui/pages/data_page.h"
#include "ui/pages/import/import_dialog.h"
#include "ui/pages/import/pseudonym_box.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>

namespace perennial {

/// A file of order lines that no profile knows.
inline QByteArray shop(int rows)
{
    QByteArray text = "who;day;sku;paid\n";
    for (int i = 0; i < rows; ++i) {
        text += QStringLiteral("u%1;%2.03.2024;sku-%3;%4,50\n")
                    .arg(i % 7)
                    .arg(i % 28 + 1, 2, 10, QLatin1Char('0'))
                    .arg(i % 5)
                    .arg(i)
                    .toUtf8();
    }
    return text;
}

/// The import's window over a new project.
struct DialogFixture : PageFixture {
    DataPage page{context};
    ImportDialog *dialog = nullptr;

    /// With keys and profiles of its own.
    DialogFixture() { qputenv("XDG_DATA_HOME", file(QStringLiteral("data")).toUtf8()); }
    ~DialogFixture() { qunsetenv("XDG_DATA_HOME"); }

    void openFor(const QString &name)
    {
        create();
        page.openImport(file(name));
        dialog = page.findChild<ImportDialog *>();
        QVERIFY(dialog);
        settle();
    }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *candidate : dialog->findChildren<QPushButton *>()) {
            QString plain = candidate->text();
            if (plain.remove(QLatin1Char('&')) == text) {
                return candidate;
            }
        }
        return nullptr;
    }
    MappingModel *mapping() const { return dialog->findChild<MappingModel *>(); }
    void choose(int column, Role role)
    {
        mapping()->setData(mapping()->index(column, MappingModel::Meaning), static_cast<int>(role),
                           Qt::EditRole);
        settle();
    }
    int meaning(int column) const
    {
        return mapping()->index(column, MappingModel::Meaning).data(Qt::EditRole).toInt();
    }
    void keep(int column, const QString &choice)
    {
        mapping()->setData(mapping()->index(column, MappingModel::KeptAs), choice, Qt::EditRole);
        settle();
    }
    void markPersonal(int column)
    {
        mapping()->setData(mapping()->index(column, MappingModel::Personal), Qt::Checked,
                           Qt::CheckStateRole);
        settle();
    }
    QComboBox *box(const QString &name) const
    {
        for (QComboBox *candidate : dialog->findChildren<QComboBox *>()) {
            if (candidate->accessibleName() == name) {
                return candidate;
            }
        }
        return nullptr;
    }
    /// Another file for the project that is open.
    void openAgainFor(const QString &name)
    {
        dialog->close();
        page.openImport(file(name));
        dialog = page.findChildren<ImportDialog *>().last();
        settle();
    }
    void goToCheck()
    {
        for (int step = 0; step < 2; ++step) {
            button(QStringLiteral("Next"))->click();
            settle();
        }
    }
    /// In the third step for `shop`, with a mapping of one's own.
    void answerShop()
    {
        button(QStringLiteral("Next"))->click();
        choose(0, Role::User);
        choose(1, Role::At);
        choose(2, Role::Item);
        choose(3, Role::Amount);
        pick(QStringLiteral("Dates"), QStringLiteral("dd.mm.yyyy"));
        pick(QStringLiteral("Kind of event"), QStringLiteral("purchase"));
        button(QStringLiteral("Next"))->click();
        settle();
    }
    QCheckBox *pseudonyms() const
    {
        return dialog->findChild<PseudonymBox *>()->findChild<QCheckBox *>();
    }
    void type(const QString &name, const QString &text)
    {
        for (QLineEdit *field : dialog->findChild<PseudonymBox *>()->findChildren<QLineEdit *>()) {
            if (field->accessibleName() == name) {
                QVERIFY2(field->isVisible(), qPrintable(name));
                field->setText(text);
                return;
            }
        }
        QFAIL(qPrintable(name));
    }
    void import()
    {
        button(QStringLiteral("Import"))->click();
        settle();
    }
    void pick(const QString &name, const QVariant &data)
    {
        QComboBox *combo = box(name);
        const int index = combo->findData(data);
        QVERIFY2(index >= 0, qPrintable(name));
        combo->setCurrentIndex(index);
        Q_EMIT combo->activated(index);
        settle();
    }
};

} // namespace perennial

/// That the window says a text.
#define SEES(f, text)                                                                              \
    QVERIFY2(visibleText(*f.dialog).contains(QStringLiteral(text)),                                \
             qPrintable(visibleText(*f.dialog)))
