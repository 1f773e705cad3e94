#include "ui/models/recent_projects.h"
#include "ui/pages/pages.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"

#include <QAction>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace perennial {

namespace {

/// What the program is, the four ways in, and the projects opened lately.
class StartPage : public Page {
    Q_OBJECT

public:
    explicit StartPage(const PageContext &context) : Page(context)
    {
        auto *all = new QVBoxLayout(this);
        all->setContentsMargins(0, 0, 0, 0);
        all->setSpacing(kCardGap);
        auto *columns = new QHBoxLayout;
        columns->setSpacing(kCardGap);
        setUpRecent(columns);
        setUpWaysIn(columns);
        all->addLayout(columns, 1);
    }

    QString title() const override { return tr("Start"); }
    QString answer() const override
    {
        return session().hasProject() ? tr("%1 is open.").arg(session().name())
                                      : tr("Open a project, or make one from a file of events.");
    }

protected:
    void refresh() override
    {
        m_recent->clear();
        for (const QString &path : recentProjects()) {
            const QFileInfo file(path);
            auto *item = new QListWidgetItem(
                QStringLiteral("%1\n%2").arg(file.completeBaseName(), file.absolutePath()));
            item->setData(Qt::UserRole, path);
            item->setToolTip(plainToolTip(path));
            if (!file.exists()) {
                item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
                item->setText(item->text() + QStringLiteral(" – ") + tr("not there any more"));
            }
            m_recent->addItem(item);
        }
        const bool some = m_recent->count() > 0;
        m_recent->setVisible(some);
        m_none->setVisible(!some);
    }

private:
    void setUpRecent(QHBoxLayout *columns)
    {
        auto *card = new Card(tr("Recent projects"));
        m_recent = new QListWidget;
        m_recent->setAccessibleName(tr("Recent projects"));
        m_recent->setUniformItemSizes(true);
        m_recent->setSpacing(2);
        connect(m_recent, &QListWidget::itemActivated, this, [this](QListWidgetItem *item) {
            navigator().openProject(item->data(Qt::UserRole).toString());
        });
        card->body()->addWidget(m_recent, 1);
        m_none = captionLabel(
            tr("No project has been opened yet. The sample shop shows every page with data whose "
               "truth is known."));
        m_none->setAlignment(Qt::AlignTop);
        card->body()->addWidget(m_none, 1);
        columns->addWidget(card, 2);
    }

    void setUpWaysIn(QHBoxLayout *columns)
    {
        auto *card = new Card(tr("Begin"));
        addWayIn(card, tr("Open sample"),
                 tr("A made-up shop of %1 users whose truth is known").arg(countText(20'000)), true,
                 [this] { navigator().openSample(); });
        addWayIn(card, tr("Open project…"), tr("A .perennial file"), false,
                 [this] { navigator().openProject(); });
        addWayIn(card, tr("New project…"), tr("An empty file to import your events into"), false,
                 [this] { navigator().newProject(); });
        addWayIn(card, tr("Import…"), tr("A CSV or CSV.gz file into the open project"), false,
                 [this] { navigator().importFile(); });
        card->body()->addStretch(1);
        card->setCaption(tr("Everything stays on this machine. You can also drop a .perennial or "
                            ".csv file on the window."));
        columns->addWidget(card, 1);
    }

    template <class Action>
    void addWayIn(Card *card, const QString &name, const QString &what, bool primary, Action action)
    {
        QPushButton *button = pushButton(name, primary);
        button->setMinimumHeight(36);
        button->setAccessibleDescription(what);
        connect(button, &QPushButton::clicked, this, action);
        card->body()->addWidget(button);
        card->body()->addWidget(captionLabel(what));
        card->body()->addSpacing(2 * kGap);
    }

    QListWidget *m_recent = nullptr;
    QLabel *m_none = nullptr;
};

} // namespace

Page *makeStartPage(const PageContext &context)
{
    return new StartPage(context);
}

} // namespace perennial

#include "start_page.moc"
