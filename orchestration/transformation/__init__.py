"""The dbt project as the other subjects see it: its manifest, its builds, their failures."""
