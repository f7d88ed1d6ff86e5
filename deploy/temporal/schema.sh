#!/bin/sh
# Brings both databases of Temporal to the schema of this image's version; does nothing when they are.
set -eu
SQL_PASSWORD=$(cat "${SECRETS:-/run/secrets}/postgres_temporal")
export SQL_PASSWORD

up() { # DATABASE FOLDER
    temporal-sql-tool --database "$1" setup-schema --version 0.0
    temporal-sql-tool --database "$1" update-schema \
        --schema-dir "/etc/temporal/schema/postgresql/v12/$2/versioned"
}

up temporal temporal
up temporal_visibility visibility
