import type { FailureCode } from '../errors.ts'
import type { Red } from '../outcome.ts'
import { answerDiagnoses } from './diagnoses/answers.ts'
import { surroundingSigns } from './diagnoses/around.ts'
import { type Diagnosis, type Finding, type Phase, phaseOf, type Sign } from './diagnoses/diagnosis.ts'
import { endDiagnoses, memoryDiagnoses } from './diagnoses/ends.ts'
import { importSigns } from './diagnoses/imports.ts'
import { listeningDiagnoses, silentDiagnoses } from './diagnoses/listens.ts'
import { machineSigns, startSigns } from './diagnoses/machine.ts'
import { modelSigns, warningSigns } from './diagnoses/models.ts'
import { serverSigns, workerSigns } from './diagnoses/servers.ts'
import { crashDiagnoses, symptomDiagnoses } from './diagnoses/symptoms.ts'
import type { Evidence } from './evidence.ts'

type Found = Finding & Readonly<{ code: FailureCode }>

/** Told by a line of the log; of one line the first that fits. */
const signs: readonly Sign[] = [...importSigns, ...modelSigns, ...machineSigns, ...surroundingSigns]
const signsOfEnd: readonly Sign[] = [...startSigns, ...signs]

/** From the end: what was said last is why it ended, and what was caught and survived stands before it. */
function readLog(table: readonly Sign[], evidence: Evidence, phase: Phase): Found | undefined {
  const { lines } = evidence
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index]?.trim() ?? ''
    for (const { code, read } of table) {
      const told = read(line, { lines, index, evidence, phase })
      if (told) return { code, proof: line.slice(0, 300), ...told }
    }
  }
  return undefined
}

function findFirst(table: readonly Diagnosis[], evidence: Evidence, phase: Phase): Found | undefined {
  for (const { code, find } of table) {
    const finding = find(evidence, phase)
    if (finding) return { code, ...finding }
  }
  return undefined
}

/**
 * What a red smoke test is recognised as. What the kernel, the sockets and the status of an answer say is sure and comes
 * first, then the log from its end, then how the container ended.
 */
export function recognise(evidence: Evidence): Found | undefined {
  const phase = phaseOf(evidence)
  const sure =
    findFirst([...memoryDiagnoses, ...answerDiagnoses, ...listeningDiagnoses], evidence, phase) ?? readLog(serverSigns, evidence, phase)
  if (sure) return sure
  const logged = readLog(phase === 'stopped' ? signsOfEnd : signs, evidence, phase) ?? readLog(warningSigns, evidence, phase)
  const symptom = findFirst(symptomDiagnoses, evidence, phase)
  if (symptom && logged) return { ...symptom, what: `${symptom.what} ${logged.what}`, fix: [`# ${logged.proof}`, ...logged.fix] }
  return (
    symptom ??
    logged ??
    readLog(workerSigns, evidence, phase) ??
    findFirst([...crashDiagnoses, ...silentDiagnoses, ...endDiagnoses], evidence, phase)
  )
}

/** The line of a traceback that says what was raised. */
const raised = /^[\w.]*(?:Error|Exception|Exit|Interrupt)\b(?:: .*)?$/

/**
 * A red smoke test with its cause, if it is a known one: its code, a sentence with the values, and as evidence the line
 * that proves it, the fix, and what was there before. Else as it is, the error that was raised last put first.
 */
export function diagnose(red: Red, evidence: Evidence): Red {
  const found = recognise(evidence)
  if (!found) {
    const error = evidence.lines.findLast((line) => raised.test(line))
    return error === undefined || red.evidence.slice(0, 8).includes(error) ? red : { ...red, evidence: [error, ...red.evidence] }
  }
  return {
    ...red,
    code: found.code,
    message: `${red.message} ${found.what}`,
    evidence: [found.proof, ...found.fix.map((line) => `fix: ${line}`), ...red.evidence],
  }
}
