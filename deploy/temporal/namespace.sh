#!/bin/sh
# Makes Shouwen's namespace and its search attributes; does nothing when they are there.
# Ends when Temporal can be asked for them: workers started sooner would be sent away.
set -eu
namespace=${1:?the namespace}

patiently() {
    tries=60
    until "$@"; do
        tries=$((tries - 1))
        if [ "$tries" -eq 0 ]; then
            echo "gave up: $*" >&2
            exit 1
        fi
        sleep 2
    done
}

there() {
    temporal operator namespace describe --namespace "$namespace" > /dev/null 2>&1 ||
        temporal operator namespace create --namespace "$namespace" --retention 168h
}

attributes() {
    temporal operator search-attribute create --namespace "$namespace" \
        --name ShouwenStage --type Keyword \
        --name ShouwenUnit --type Keyword \
        --name ShouwenDue --type Datetime
}

asked() {
    temporal workflow count --namespace "$namespace" \
        --query "ShouwenStage = '' and ShouwenUnit = '' and ShouwenDue is null" > /dev/null
}

patiently there
patiently attributes
patiently asked
echo "namespace $namespace is ready"
