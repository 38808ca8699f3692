# Infracost: a pull request that makes things more than 10 % dearer needs a reason.
#   infracost comment github --path infracost.json --policy-path infra/cost/infracost-policy.rego ...
# Its input is `infracost diff --format json`. The reason stands in the pull request's description, which a policy does not see:
# whoever has read and accepted it sets the label.
package infracost

limit_percent := 10

accepted {
  input.metadata.vcsPullRequestLabels[_] == "cost-accepted"
}

past := to_number(input.pastTotalMonthlyCost)

more := to_number(input.diffTotalMonthlyCost)

dearer {
  past > 0
  more > past * limit_percent / 100
}

# Something new, with nothing to compare it with: more than a steady node.
dearer {
  past == 0
  more > 75
}

deny[out] {
  dearer
  out := {
    "msg": sprintf("%v %s a month more than %v (limit %v %%). Say why in the description; a reviewer who accepts it sets the label cost-accepted.", [more, input.currency, past, limit_percent]),
    "failed": not_accepted,
  }
}

not_accepted = false {
  accepted
}

not_accepted = true {
  not accepted
}
