// Usage: node compare.mjs DATA WORK [--list]: DATA holds the cases, WORK the three tools.
import { readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { join } from 'node:path';

const [data, work, list] = process.argv.slice(2);
const assumed = 15;
const base = readFileSync(join(data, 'cases-base.postgresql.sql'), 'utf8');
const cases = readFileSync(join(data, 'cases.jsonl'), 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line)).filter(each => each.engine === 'postgresql');

// The assumed version, moved into the range the case is about.
const version = each => Math.max(Math.min(assumed, parseFloat(each.max_version ?? assumed)), parseFloat(each.min_version ?? 0));
const aboutTimeouts = each => each.rules.some(rule => rule.includes('timeout'));
const isTimeout = rule => /timeout/.test(rule);
const isStyle = rule => /^(prefer-|ban-char|require-table-schema|adding-serial|missing-application-name)/.test(rule);
const counts = (each, rule) => (aboutTimeouts(each) || !isTimeout(rule)) && !isStyle(rule);

// Null for the answer: it ended with an error, which fails a build as a finding does.
function run(command, args, input) {
  const start = performance.now();
  const done = spawnSync(command, args, { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  const time = performance.now() - start;
  if (done.error) throw done.error;
  try {
    return { time, answer: JSON.parse(done.stdout) };
  } catch {
    if (!done.stderr.trim()) throw new Error(`${command} ${args.join(' ')} said nothing`);
    return { time, answer: null };
  }
}

const bin = name => join(work, 'node_modules', '.bin', name);
const file = join(work, 'case.sql'), schema = join(work, 'schema.sql');

function ours(each, withSchema) {
  const { time, answer } = run(join(work, 'tools', 'dotnet-safe-migrate'),
    ['review', '--sql', '-', '--engine', 'postgresql', '--server-version', `${version(each)}`, '--transaction', each.tx, ...(withSchema ? ['--schema', schema] : []), '--json'], each.sql);
  return { time, found: !answer ? ['error'] : answer.findings.filter(found => found.severity !== 'safe' && counts(each, found.rule)).map(found => found.severity) };
}

let lowOnly = 0;
const tools = {
  'safe-migrate': each => ours(each, true),
  'safe-migrate, no schema': each => ours(each, false),
  'squawk-cli 2.66.0': each => {
    const { time, answer } = run(bin('squawk'), ['--reporter', 'json', '--pg-version', `${version(each)}`, ...(each.tx === 'migration' ? ['--assume-in-transaction'] : []), file]);
    return { time, found: !answer ? ['error'] : answer.filter(found => counts(each, found.rule_name)).map(() => 'speaks') };
  },
  'pgfence 0.1.5': each => {
    const { time, answer } = run(bin('pgfence'), ['analyze', '--format', 'sql', '--output', 'json', '--min-pg-version', `${Math.floor(version(each))}`, file]);
    if (!answer) return { time, found: ['error'] };
    const checks = answer.results.flatMap(result => [...(result.checks ?? []), ...(result.policyViolations ?? []).map(violation => ({ ...violation, risk: violation.severity === 'error' ? 'HIGH' : 'MEDIUM' }))]);
    const heard = checks.filter(found => counts(each, found.ruleId) && found.risk !== 'SAFE');
    if (each.expected === 'safe' && heard.length > 0 && heard.every(found => found.risk === 'LOW')) lowOnly++;
    return { time, found: heard.filter(found => found.risk !== 'LOW').map(found => found.risk) };
  },
};

const score = Object.fromEntries(Object.keys(tools).map(name => [name, { agrees: 0, exact: 0, alarms: [], dangerous: [], careful: [], times: [] }]));
for (const each of cases) {
  writeFileSync(file, each.sql);
  writeFileSync(schema, `${base}\n;${each.setup ?? ''}`);
  for (const [name, judge] of Object.entries(tools)) {
    const { time, found } = judge(each);
    const mark = score[name], speaks = found.length > 0;
    mark.times.push(time);
    mark.agrees += speaks === (each.expected !== 'safe');
    mark.exact += (found.includes('dangerous') ? 'dangerous' : found.includes('careful') ? 'careful' : 'safe') === each.expected;
    if (speaks && each.expected === 'safe') mark.alarms.push(each.id);
    if (!speaks && each.expected !== 'safe') mark[each.expected].push(each.id);
  }
}

const of = severity => cases.filter(each => each.expected === severity).length;
const median = times => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
console.log(`| ${cases.length} cases | agrees | false alarms (of ${of('safe')}) | missed dangerous (of ${of('dangerous')}) | missed careful (of ${of('careful')}) | median of a case | all |`);
console.log('|---|--:|--:|--:|--:|--:|--:|');
for (const [name, mark] of Object.entries(score)) {
  const total = mark.times.reduce((sum, time) => sum + time, 0) / 1000;
  console.log(`| ${name} | ${mark.agrees} | ${mark.alarms.length} | ${mark.dangerous.length} | ${mark.careful.length} | ${median(mark.times).toFixed(0)} ms | ${total.toFixed(1)} s |`);
}
console.log(`\nOf three grades, which the other two do not have in this sense, safe-migrate names the expected one in ${score['safe-migrate'].exact} of ${cases.length}.`);
console.log(`Were pgfence's LOW counted as speech, it would have ${lowOnly} false alarms more.`);
if (list === '--list') {
  for (const [name, mark] of Object.entries(score)) {
    console.log(`\n${name}\n  false alarms: ${mark.alarms.join(' ')}\n  missed dangerous: ${mark.dangerous.join(' ')}\n  missed careful: ${mark.careful.join(' ')}`);
  }
}
