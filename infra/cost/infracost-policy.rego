# Infracost: a pull request that makes things more than 10 % dearer needs a reason, and somebody who accepts it.
#   infracost comment github --path cost.json --policy-path infra/cost/infracost-policy.rego ...
# Its input is `infracost diff --format json` with the labels of reason.jq: `cost-accepted` is a label that a reviewer sets,
# `cost-reason: ...` what stands in the description after `Cost: `. Rego as before OPA 1.0: that is what Infracost reads.
package infracost

limit_percent := 10

# Something new, with nothing to compare it with, may cost as much as a steady node.
limit_new := 75

past := to_number(input.pastTotalMonthlyCost)

more := to_number(input.diffTotalMonthlyCost)

dearer {
  past > 0
  more * 100 > past * limit_percent
}

dearer {
  past == 0
  more > limit_new
}

accepted {
  input.metadata.vcsPullRequestLabels[_] == "cost-accepted"
  startswith(input.metadata.vcsPullRequestLabels[_], "cost-reason: ")
}

unexplained = false {
  accepted
}

unexplained = true {
  not accepted
}

deny[out] {
  dearer
  out := {
    "msg": sprintf("%v %v a month more than %v: over %v %%. Say why in the description, on a line that begins with `Cost: `; a reviewer who accepts it sets the label cost-accepted and runs this job again.", [more, input.currency, past, limit_percent]),
    "failed": unexplained,
  }
}
