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

/** An execution that has just asked may not wait yet. */
const TRIES = 5;
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
	return [...all].sort((one, other) => one - other).slice(-MAX_WRONG_CODES);
}

function noteWrongCode(context: IExecuteFunctions, mobile: string): void {
	const key = keyOf(mobile);
	const last = wrongCodesOf(context, mobile);
	// No two at the same millisecond, which would be one.
	const times = [...last, Math.max(Date.now(), (last.at(-1) ?? 0) + 1)].slice(-MAX_WRONG_CODES);
	wrongCodes.delete(key);
	wrongCodes.set(key, times);
	const [oldest] = wrongCodes.keys();
	if (wrongCodes.size > MAX_NUMBERS && oldest !== undefined) wrongCodes.delete(oldest);
	const { [key]: _, ...others } = storedOf(context);
	const kept = Object.entries(others).slice(-(MAX_NUMBERS - 1));
	context.getWorkflowStaticData('node').wrongCodes = Object.fromEntries([
		...kept,
		[key, times],
	]) as IDataObject;
}

/** Hands the answer on to the node that asked. */
async function post(
	context: IExecuteFunctions,
	question: Question,
	fields: Readonly<Record<string, string>>,
): Promise<'resumed' | 'refused' | 'notYet'> {
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
	const { statusCode, body } = isRecord(response) ? response : {};
	// n8n answers 200 with a page of its own for an execution that has ended.
	if (statusCode === 200) return body === RESUMED ? 'resumed' : 'refused';
	return statusCode === 409 ? 'notYet' : 'refused';
}

/** Whether an execution is under way, by what n8n stored when it began. */
const isRunning = ({ executionData, waitTill }: IRunExecutionData): boolean =>
	waitTill === undefined && (executionData?.nodeExecutionStack ?? []).length > 0;

type Find = { readonly question: Question; readonly coded: CodedReply } | 'none' | 'notYet';

/** What the code names, if this number was asked it. */
async function findQuestion(
	context: IExecuteFunctions,
	mobile: string,
	readings: readonly CodedReply[],
): Promise<Find> {
	let result: Find = 'none';
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
		if (ofPerson.length > 0 || (questions.length === 0 && isRunning(data))) result = 'notYet';
	}
	return result;
}

const toFields = (question: Question, answer: NonNullable<ReturnType<typeof answerOf>>) => ({
	secret: question.secret ?? '',
	...('text' in answer
		? { text: answer.text }
		: { answer: answer.approved ? 'approve' : 'decline' }),
});

/**
 * Resumes what a message answers.
 *
 * @returns the number of the execution that went on; null for a message like any other
 */
export async function resumeByReply(
	context: IExecuteFunctions,
	{ mobile, content }: PersonsReply,
	sleep: (milliseconds: number) => Promise<void>,
): Promise<string | null> {
	const readings = readCodedReply(content);
	if (readings.length === 0) return null;
	for (let tried = 1; ; tried++) {
		const found = await findQuestion(context, mobile, readings);
		if (found !== 'none' && found !== 'notYet') {
			const { question, coded } = found;
			const answer = answerOf(question, coded);
			const isBarred =
				wrongCodesOf(context, mobile).filter((at) => at >= question.askedAt).length >=
				MAX_WRONG_CODES;
			if (answer === undefined || isBarred) return null;
			const outcome = await post(context, question, toFields(question, answer));
			if (outcome === 'resumed') return question.executionId;
			if (outcome === 'refused') return null;
		}
		if (found === 'none' || tried >= TRIES) {
			if (found === 'none' || found === 'notYet') noteWrongCode(context, mobile);
			return null;
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
				'Whether a reply that carries the code of a message sent by Send and Wait for Response resumes the execution that waits for it. The item says which: resumedExecution.',
		},
		true,
	),
};
