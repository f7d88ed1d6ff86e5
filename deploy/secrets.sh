#!/bin/sh
# Makes the secrets of docker-compose.yml in ./secrets, once. What is there already stays.
# The folder is closed to other users; the files in it are not, because the containers that read
# them run as users of their own.
set -eu
umask 077
folder=${1:-$(dirname "$0")/../secrets}
mkdir -p "$folder/tls"
chmod 700 "$folder"

keep() { # NAME VALUE
    if [ -e "$folder/$1" ]; then
        echo "kept  $1"
    else
        printf '%s\n' "$2" > "$folder/$1.new"
        chmod 444 "$folder/$1.new"
        mv "$folder/$1.new" "$folder/$1"
        echo "made  $1"
    fi
}

random() { openssl rand -hex 24; }
address() { echo "postgresql://$1:$(random)@postgres:5432/shouwen"; }

keep master_key "$(openssl rand -base64 32)"
# Empty until look-ups have a key of their own (docs/operations.md, changing keys).
keep lookup_key ""
# Empty where photos and documents lie in a folder (docs/operations.md).
keep s3_secret_key ""
keep log_key "$(openssl rand -base64 32)"
keep database_url "$(address shouwen_app)"
keep database_owner_url "$(address shouwen_owner)"
# Empty until there is a mail server or a gateway (docs/notifications.md).
for name in smtp_password sms_webhook_url chat_webhook_url; do keep "$name" ""; done
for name in sms_webhook_secret chat_webhook_secret; do
    keep "$name" "whsec_$(openssl rand -base64 24)"
done
keep postgres_superuser "$(random)"
keep postgres_temporal "$(random)"
echo "Keep a copy of master_key away from this machine and from the backups: without it, what is"
echo "sealed in the journal can never be read again."
