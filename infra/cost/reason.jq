# jq --slurpfile pr <(gh pr view N --json labels,body) --from-file infra/cost/reason.jq diff.json
# Puts a pull request's labels into Infracost's output, where its policy reads them, and the reason from the description with them.
# (Infracost takes the labels from the event of the run: as JSON texts, and as they were when the run began.)
.metadata.vcsPullRequestLabels = [
  ($pr[0].labels[].name | select(startswith("cost-reason:") | not)),
  ($pr[0].body // "" | split("\n")[] | rtrimstr("\r") | select(test("^Cost: *[^ ]")) | "cost-reason: " + ltrimstr("Cost:") | sub("cost-reason: +"; "cost-reason: "))
]
