#include "ui/run_window.h"

#include "ui/main_window/main_window.h"

#include <QApplication>
#include <QIcon>
#include <QLocale>
#include <QSettings>
#include <QTranslator>

namespace perennial {

void installTranslations(QCoreApplication &application)
{
    const QString chosen = QSettings().value(QStringLiteral("window/language")).toString();
    const QLocale locale = chosen.isEmpty() ? QLocale::system() : QLocale(chosen);
    if (!chosen.isEmpty()) {
        QLocale::setDefault(locale);
    }
    auto *texts = new QTranslator(&application);
    if (texts->load(locale, QStringLiteral("perennial"), QStringLiteral("_"),
                    QStringLiteral(":/i18n"))) {
        QCoreApplication::installTranslator(texts);
    }
}

int runWindow(QApplication &application, const QString &path)
{
    applyTheme(application, ThemeMode::System);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/perennial.svg")));
    MainWindow window;
    window.show();
    if (!path.isEmpty()) {
        window.openPath(path);
    }
    return QApplication::exec();
}

} // namespace perennial
