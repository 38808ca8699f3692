#!/usr/bin/env bash
# Says where a build comes from, as a SLSA v1 predicate for cosign attest.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/provenance.sh

Prints a SLSA provenance v1 predicate of this GitHub Actions run: workflow, commit, runner, run. Cosign signs it with the run's
own identity, so whoever believes it believes the workflow file at that commit.

  --help                this text

Reads GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_WORKFLOW_REF, GITHUB_REF, GITHUB_SHA, GITHUB_EVENT_NAME, GITHUB_RUN_ID,
GITHUB_RUN_ATTEMPT and RUNNER_ENVIRONMENT, which Actions sets. Needs jq.
USAGE
}

cd "$(dirname "$0")"
# shellcheck source=hack/lib.sh
. ./lib.sh

case "${1:-}" in --help | -h) usage && exit 0 ;; esac
[ $# = 0 ] || fail "$1: expected no argument, or --help" 2
needs_value GITHUB_SERVER_URL GITHUB_REPOSITORY GITHUB_WORKFLOW_REF GITHUB_REF GITHUB_SHA GITHUB_EVENT_NAME GITHUB_RUN_ID GITHUB_RUN_ATTEMPT RUNNER_ENVIRONMENT
need jq "apt-get install jq"

# GITHUB_WORKFLOW_REF is OWNER/NAME/.github/workflows/FILE@REF
jq -n '"\(env.GITHUB_SERVER_URL)/\(env.GITHUB_REPOSITORY)" as $repository | {
  buildDefinition: {
    buildType: "https://actions.github.io/buildtypes/workflow/v1",
    externalParameters: {workflow: {
      ref: env.GITHUB_REF, repository: $repository,
      path: (env.GITHUB_WORKFLOW_REF | split("@")[0] | ltrimstr(env.GITHUB_REPOSITORY + "/"))}},
    internalParameters: {github: {event_name: env.GITHUB_EVENT_NAME, runner_environment: env.RUNNER_ENVIRONMENT}},
    resolvedDependencies: [{uri: "git+\($repository)@\(env.GITHUB_REF)", digest: {gitCommit: env.GITHUB_SHA}}]},
  runDetails: {
    builder: {id: "\(env.GITHUB_SERVER_URL)/\(env.GITHUB_WORKFLOW_REF)"},
    metadata: {invocationId: "\($repository)/actions/runs/\(env.GITHUB_RUN_ID)/attempts/\(env.GITHUB_RUN_ATTEMPT)"}}}'
