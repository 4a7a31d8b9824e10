/** Resumes an execution that waits for an answer, by a message that carries its code. */
import type { IDataObject, IExecuteFunctions, IRunExecutionData } from 'n8n-workflow';

import type { PersonsReply } from '../contracts/push';
import {
	answerOf,
	readCodedReply,
	RESUMED,
	type CodedReply,
	type Question,
} from '../contracts/question';
import { booleanField } from '../fields/fields';
import { comparableNumber } from '../fields/phoneNumbers';
import { askedIn } from '../n8n/askedQuestions';
import { constantTimeEqual, sha256 } from '../wire/hash';
import { encodeForm } from '../wire/requestOptions';
import { isRecord } from '../wire/values';

/** So many wrong codes of a number end this way to answer what it was asked before. */
const MAX_WRONG_CODES = 5;
/** A right one may be among them for a moment. */
const MAX_KEPT = 2 * MAX_WRONG_CODES;

/** An execution that has just asked may not wait yet. */
const TRIES = 5;
/** One that waits may be about to ask the next thing, and have gone on meanwhile. */
const TRIES_OF_WAITING = 2;
const RETRY_MS = 1_000;

const POST_TIMEOUT_MS = 15_000;

/** Numbers whose wrong codes are remembered. */
const MAX_NUMBERS = 1_000;

/** When a number sent wrong codes, in milliseconds since the epoch, the newest last. */
type WrongCodes = Map<string, readonly number[]>;

/** Of this process; n8n keeps what outlasts it with the workflow. */
const wrongCodes: WrongCodes = new Map();

const keyOf = (mobile: string): string =>
	sha256(comparableNumber(mobile)).toString('hex').slice(0, 16);

const storedOf = (context: IExecuteFunctions): IDataObject => {
	const memory = context.getWorkflowStaticData('node');
	return isRecord(memory.wrongCodes) ? memory.wrongCodes : {};
};

const timesIn = (value: unknown): number[] =>
	Array.isArray(value) ? value.filter((one) => typeof one === 'number') : [];

function wrongCodesOf(context: IExecuteFunctions, mobile: string): readonly number[] {
	const key = keyOf(mobile);
	const all = new Set([...timesIn(storedOf(context)[key]), ...(wrongCodes.get(key) ?? [])]);
	return [...all].sort((one, other) => one - other).slice(-MAX_KEPT);
}

function keepWrongCodes(context: IExecuteFunctions, mobile: string, times: number[]): void {
	const key = keyOf(mobile);
	wrongCodes.delete(key);
	if (times.length > 0) wrongCodes.set(key, times);
	const [oldest] = wrongCodes.keys();
	if (wrongCodes.size > MAX_NUMBERS && oldest !== undefined) wrongCodes.delete(oldest);
	const { [key]: _, ...others } = storedOf(context);
	const kept = Object.entries(others).slice(-(MAX_NUMBERS - 1));
	if (times.length > 0) kept.push([key, times]);
	context.getWorkflowStaticData('node').wrongCodes = Object.fromEntries(kept) as IDataObject;
}

/**
 * Counts a code as wrong until it turns out to be right: many that come at once would otherwise all be
 * looked at before the first is found to be wrong.
 *
 * @returns the moment by which it is known
 */
function noteWrongCode(context: IExecuteFunctions, mobile: string): number {
	const last = wrongCodesOf(context, mobile);
	// No two at the same millisecond, which would be one.
	const moment = Math.max(Date.now(), (last.at(-1) ?? 0) + 1);
	keepWrongCodes(context, mobile, [...last, moment].slice(-MAX_KEPT));
	return moment;
}

function forgetWrongCode(context: IExecuteFunctions, mobile: string, moment: number): void {
	const others = wrongCodesOf(context, mobile).filter((time) => time !== moment);
	keepWrongCodes(context, mobile, others);
}

/** What came of a message: the number of the execution that went on, and why none did. */
interface Resumption {
	readonly resumedExecution: string | null;
	/** Undefined where the message has no code, or has done what it was for. */
	readonly problem?: string;
}

export const ORDINARY: Resumption = { resumedExecution: null };

const unresumed = (problem: string): Resumption => ({ resumedExecution: null, problem });

const PROBLEMS = {
	unproven:
		'nothing proves that the platform pushed it. Set a Push Token in the credential, and put it at the end of the URL at the platform.',
	unknown:
		'no execution of this n8n waits for this code from this number. Its digits may be mistyped, or it was asked of another phone.',
	unclear: 'it does not say clearly what is answered: both codes, or a yes beside a no.',
	barred: 'five wrong codes came from its number. The link of the question still answers it.',
	over: 'the execution takes no answer any more: it was answered, its time is up, or it has ended.',
	unsigned:
		'n8n did not take the link that it made itself. A proxy in front of it has to keep the Host header.',
	unreachable:
		'this n8n does not reach its own address, by which it hands answers on. See WEBHOOK_URL, and the log of n8n.',
} as const;

/** Hands the answer on to the node that asked. */
async function post(
	context: IExecuteFunctions,
	question: Question,
	fields: Readonly<Record<string, string>>,
): Promise<'resumed' | 'over' | 'notYet' | 'unsigned' | 'unreachable'> {
	const response: unknown = await context.helpers
		.httpRequest({
			method: 'POST',
			url: question.link,
			headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
			body: encodeForm(fields),
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: POST_TIMEOUT_MS,
		})
		.catch((failure: unknown) => {
			// The message comes out all the same, and the link still answers.
			context.logger.error(
				`"${context.getNode().name}" cannot hand an answer to execution ${question.executionId}, as this n8n does not reach its own address ${new URL(question.link).origin}: ${String(failure)}`,
			);
		});
	if (!isRecord(response)) return 'unreachable';
	const { statusCode, body } = response;
	// n8n answers 200 with a page of its own for an execution that has ended.
	if (statusCode === 200) return body === RESUMED ? 'resumed' : 'over';
	if (statusCode === 401) return 'unsigned';
	return statusCode === 409 ? 'notYet' : 'over';
}

/** Whether an execution is under way, by what n8n stored when it began. */
const isRunning = ({ executionData, waitTill }: IRunExecutionData): boolean =>
	waitTill === undefined && (executionData?.nodeExecutionStack ?? []).length > 0;

type Find =
	| { readonly question: Question; readonly coded: CodedReply }
	/** How many tries in all it is worth to look. */
	| { readonly worthTries: number };

/** What the code names, if this number was asked it. */
async function findQuestion(
	context: IExecuteFunctions,
	mobile: string,
	readings: readonly CodedReply[],
): Promise<Find> {
	let worthTries = 1;
	for (const coded of readings) {
		const data = await context.getExecutionDataById(coded.executionId).catch(() => undefined);
		if (data === undefined) continue;
		const questions = askedIn(data)
			.map(({ question }) => question)
			.filter(({ executionId }) => executionId === coded.executionId);
		const ofPerson = questions.filter(
			(one) => comparableNumber(one.mobile) === comparableNumber(mobile),
		);
		const question = ofPerson.find(
			({ secret }) => secret !== undefined && constantTimeEqual(coded.secret, secret),
		);
		if (question !== undefined) return { question, coded };
		// Its next question may be on its way into n8n's database.
		if (isRunning(data) && (ofPerson.length > 0 || questions.length === 0)) worthTries = TRIES;
		else if (ofPerson.length > 0) worthTries = Math.max(worthTries, TRIES_OF_WAITING);
	}
	return { worthTries };
}

const toFields = (question: Question, answer: NonNullable<ReturnType<typeof answerOf>>) => ({
	secret: question.secret ?? '',
	...('text' in answer
		? { text: answer.text }
		: { answer: answer.approved ? 'approve' : 'decline' }),
});

/** Tells who looks at the execution of a trigger why a message with a code did not resume anything. */
export const hintAt = (context: IExecuteFunctions, { problem }: Resumption): void => {
	if (problem === undefined) return;
	const message = `A reply with a code did not resume anything: ${problem}`;
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
};

/**
 * Resumes what a message answers.
 *
 * @param isProven whether the message is certain to come from the platform
 */
export async function resumeByReply(
	context: IExecuteFunctions,
	{ mobile, content }: PersonsReply,
	isProven: boolean,
	sleep: (milliseconds: number) => Promise<void>,
): Promise<Resumption> {
	const readings = readCodedReply(content);
	if (readings.length === 0) return ORDINARY;
	if (!isProven) return unresumed(PROBLEMS.unproven);
	const moment = noteWrongCode(context, mobile);
	for (let tried = 1; ; tried++) {
		const found = await findQuestion(context, mobile, readings);
		const isRight = 'question' in found;
		if (isRight) {
			forgetWrongCode(context, mobile, moment);
			const { question, coded } = found;
			const answer = answerOf(question, coded);
			const wrong = wrongCodesOf(context, mobile).filter((at) => at >= question.askedAt);
			if (wrong.length >= MAX_WRONG_CODES) return unresumed(PROBLEMS.barred);
			if (answer === undefined) return unresumed(PROBLEMS.unclear);
			const outcome = await post(context, question, toFields(question, answer));
			if (outcome === 'resumed') return { resumedExecution: question.executionId };
			if (outcome !== 'notYet') return unresumed(PROBLEMS[outcome]);
		}
		if (tried >= (isRight ? TRIES : found.worthTries)) {
			return unresumed(isRight ? PROBLEMS.over : PROBLEMS.unknown);
		}
		await sleep(RETRY_MS);
	}
}

/** The option of triggers that get such messages. */
export const resumeOptions = {
	resumeWaiting: booleanField(
		{
			displayName: 'Resume Waiting',
			description:
				'Whether a reply that carries the code of a message sent by Send and Wait for Response resumes the execution that waits for it. The item says which: resumedExecution. Pushed replies need a Push Token in the credential.',
		},
		true,
	),
};
