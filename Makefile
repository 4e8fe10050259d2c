# Everything sets itself up: `make up` and `make test` need Node.js with npm, and a Pulumi CLI or Go. No AWS account.
# The real thing is plain `pulumi`, with a backend and credentials of your own (README.md).

STACK ?= dev

.DEFAULT_GOAL := help
NETWORK ?= 0
BASE ?=
ARGS ?=

.PHONY: help up preview down lab ci-preview quotas verify-aws test types lint format-check unit envoy engine

help: ## Show this list.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /: /'

up: ## Deploy the stack (STACK=dev or prod) with the real engine, emulated providers and the policy pack.
	@local/stack up "$(STACK)"

preview: ## Show what `make up` would change.
	@local/stack preview "$(STACK)"

down: ## Destroy what `make up` deployed.
	@local/stack down "$(STACK)"

lab: ## Run the deployed mesh on this machine, and look at it (Ctrl-C ends it).
	@local/mesh-lab --stack "$(STACK)" --network "$(NETWORK)"

ci-preview: ## What CI says of a pull request: plan (against BASE, a commit, or an empty account) and every verdict.
	@local/ci-preview "$(STACK)" "$(BASE)"

quotas: ## What the stack needs against AWS's quotas; fails where it does not fit.
	@local/quotas "$(STACK)"

verify-aws: ## Ask AWS what only AWS can answer, in an account of your own (docs/verify-aws.md; ARGS=--rehearse without one).
	@local/verify-aws $(ARGS)

test: ## Run every check: types, lint, format and all tests; no tests that passed on the same files before (ARGS=--again does).
	@local/check $(ARGS)

types lint format-check unit envoy engine: ## Run one of the checks.
	@local/check $@
