# For reading: each template carries this library, since Gatekeeper shares none between templates. A test compares them.
package lib.pods

# The pod of a Pod, of what makes pods from a template, of a CronJob.
spec = s {
  input.review.object.kind == "Pod"
  s := input.review.object.spec
}

spec = s {
  input.review.object.kind == "CronJob"
  s := input.review.object.spec.jobTemplate.spec.template.spec
}

spec = s {
  s := input.review.object.spec.template.spec
}

containers[c] {
  c := spec.containers[_]
}

containers[c] {
  c := spec.initContainers[_]
}

containers[c] {
  c := spec.ephemeralContainers[_]
}
