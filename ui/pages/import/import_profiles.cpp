// What the import's window has to do with profiles of one's own.
#include "core/ingest/own_profiles.h"
#include "ui/pages/import/check_step.h"
#include "ui/pages/import/import_dialog.h"
#include "ui/pages/import/mapping_step.h"
#include "ui/pages/import/remember_box.h"

#include <algorithm>

namespace perennial {

QStringList ImportDialog::ownNames() const
{
    QStringList names;
    for (const ImportProfile &profile : m_own) {
        names << QString::fromStdString(profile.name);
    }
    return names;
}

/// The file goes on being read as it is: only the profile's name is gone.
void ImportDialog::removeProfile(const QString &profile)
{
    const std::string name = profile.toStdString();
    const auto found = std::ranges::find(m_own, name, &ImportProfile::name);
    if (found == m_own.end() || !m_preview) {
        return;
    }
    if (const Status removed = removeOwnProfile(name); !removed) {
        m_mapping->showError(removed.error());
        return;
    }
    m_removed = std::move(*found);
    m_own.erase(found);
    m_basis.clear();
    if (m_options.profile == name) {
        m_options.profile.clear();
        m_options.recipe = m_preview->recipe;
    }
    showMapping();
    m_mapping->showRemoved(profile);
}

void ImportDialog::bringBack()
{
    if (const Status saved = saveOwnProfile(*m_removed); !saved) {
        m_mapping->showError(saved.error());
        return;
    }
    m_mapping->showRemoved({});
    chooseProfile(QString::fromStdString(m_removed->name));
    m_removed.reset();
}

/// The profile that the answers began with, or a name made of the file's. A profile of another
/// layout is not replaced unless somebody asks for just that.
QString ImportDialog::proposedName() const
{
    if (!m_basis.empty()) {
        return QString::fromStdString(m_basis);
    }
    const std::string first = profileNameFor(m_options.path);
    std::vector<std::string> header;
    for (const PreviewColumn &column : m_preview->columns) {
        header.push_back(column.name);
    }
    std::string name = first;
    for (int k = 2;; ++k) {
        const auto taken = std::ranges::find(m_own, name, &ImportProfile::name);
        if (taken == m_own.end() || taken->header == header) {
            return QString::fromStdString(name);
        }
        name = first + "-" + std::to_string(k);
    }
}

/// Answers that no profile has yet are remembered unless somebody says otherwise: where there is a
/// header that the next file can be recognised by.
void ImportDialog::showRemembering()
{
    const bool header = m_preview->recipe.headerRows.value_or(0) > 0;
    const QString about =
        QStringList{QString::fromStdString(m_options.path.string()),
                    QString::fromStdString(m_options.profile), QString::number(header)}
            .join(QLatin1Char('\n'));
    m_check->remember()->showChoice(
        {proposedName(), ownNames(), header && m_options.profile.empty(), header, about});
}

} // namespace perennial
