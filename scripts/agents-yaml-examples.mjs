// Examples for the reference page of agents.yaml, by section. Each one is a whole file; a test validates them all.

const head = "version: 1\nproject: acme-support\n";
const model = `${head}defaults: { model: mistral-medium-latest }\n`;

export const examples = {
  whole: block(`${head}include: [agents/*.md]
vars: { tone: friendly }
defaults:
  model: mistral-medium-latest
  completion_args: { temperature: 0.3 }
agents:
  triage:
    name: Support triage
    description: Understands what a customer needs.
    instructions: { file: prompts/triage.md }
    handoffs: [billing]
    aliases: [prod]
  billing:
    instructions: |
      You explain invoices. Be \${{ vars.tone }}.
    aliases: [prod]
`),
  moved: block(`${model}agents:
  triage: { instructions: Find out what the customer needs. }
moved:
  - { from: router, to: triage }
`),
  gates: block(`${model}agents:
  triage: { instructions: Find out what the customer needs., aliases: [prod] }
gates:
  - { run: npm run evals, agents: [triage], timeout: 10m }
`),
  checks: block(`${model}agents:
  triage:
    instructions: Find out what the customer needs.
    handoffs: [refunds]
    aliases: [prod]
    tools:
      - type: function
        function:
          name: lookup_order
          parameters: { type: object, properties: { order: { type: string } } }
  refunds: { instructions: Refund what can be refunded., aliases: [prod] }
checks:
  - name: refunds are handed over
    agents: [triage]
    say: I want my money back for order 123
    expect:
      handoff: refunds
      calls: { name: lookup_order, arguments: { order: "123" } }
      contains: [refund]
      not_contains: [lawyer]
      max_output_tokens: 800
    functions:
      lookup_order: { status: shipped }
    tries: 3
    passes: 2
`),
  environments: block(`${head}defaults: { model: mistral-small-latest }
environments:
  staging:
    api_key_env: MISTRAL_API_KEY_STAGING
  prod:
    workspace: Production
    history: ancestors
    vars: { tone: formal }
    defaults: { model: mistral-large-latest }
    agents:
      triage: { aliases: { prod: 12 } }
vars: { tone: friendly }
agents:
  triage:
    instructions: Find out what the customer needs. Be \${{ vars.tone }}.
    aliases: [prod]
`),
  release: block(`${model}agents:
  triage:
    instructions: Find out what the customer needs.
    aliases: { staging: latest, prod: 12, old: null }
    lifecycle: { prevent_destroy: true, ignore_changes: [completion_args.temperature] }
`),
  files: block(`${model}agents:
  billing:
    instructions: { file: prompts/billing.md }
    tools:
      - { type: function, function: { file: tools/find_invoice.json } }
      - type: connector
        connector_id: crm
        authorization: { type: api-key, value: "\${{ secrets.CRM_TOKEN }}" }
`),
  markdown: block(`${model}include: [agents/*.md]
`),
  editor: `\`\`\`markdown agents/editor.md
---
description: Turns notes into a short article.
completion_args: { temperature: 0.4 }
aliases: [prod]
---
You edit for a local newspaper. Turn the notes you are given into an article.
\`\`\``,
  completion_args: block(`${model}agents:
  summary:
    instructions: Summarise the conversation.
    completion_args:
      temperature: 0
      max_tokens: 800
      response_format: { type: json_schema, json_schema: { file: tools/case_record.json } }
`),
  tools: block(`${model}agents:
  technical:
    instructions: Solve problems with the product.
    tools:
      - web_search
      - code_interpreter
      - { type: document_library, libraries: [product-docs] }
      - type: function
        function:
          name: lookup_order
          description: Finds an order by its number.
          parameters: { type: object, properties: { number: { type: string } } }
`),
  guardrails: block(`${model}agents:
  triage:
    instructions: Find out what the customer needs.
    guardrails:
      - moderation_llm_v2: { action: block, custom_category_thresholds: { jailbreaking: 0.6 } }
`),
};

function block(text) {
  return `\`\`\`yaml agents.yaml\n${text}\`\`\``;
}
