"""The dbt project as Dagster knows it; artifacts stay in the state directory."""

from dagster_dbt import DbtProject

from orchestration.settings import PROJECT_DIR, Settings


def dbt_project(settings: Settings) -> DbtProject:
    """Return the dbt project with an absolute target path, whatever the working directory."""
    return DbtProject(
        project_dir=PROJECT_DIR, profiles_dir=PROJECT_DIR, target_path=settings.target_path
    )
