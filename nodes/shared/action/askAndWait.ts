/** How an execution asks a person and waits, and how the answer gets back into it. */
import {
	WAIT_INDEFINITELY,
	type IDataObject,
	type IExecuteFunctions,
	type IRunExecutionData,
	type INode,
	type INodeExecutionData,
	type IWebhookDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { InputError } from '../contracts/errors';
import type { Environment } from '../contracts/operation';
import {
	isOpen,
	readAsked,
	RESUMED,
	timedOutAnswer,
	type Answer,
	type Question,
} from '../contracts/question';
import { askedIn } from '../n8n/askedQuestions';
import { toErrorItem, toNodeError } from '../n8n/nodeErrors';
import { followAnswer, HTML, type OutgoingAnswer } from '../n8n/outgoingAnswer';
import { constantTimeEqual } from '../wire/hash';
import { isRecord, toText } from '../wire/values';
import {
	answerPage,
	languageOf,
	MAX_ANSWER,
	PAGE_HEADERS,
	type Outcome as PageOutcome,
} from './answerPage';

/** n8n makes a third type of a node that asks, for the review of an agent's calls. */
const isReview = ({ type }: Pick<INode, 'type'>): boolean => type.endsWith('HitlTool');

const ONE_AT_A_TIME = (count: number) =>
	new InputError(
		'The input',
		`has ${count} items, and an execution can wait for one answer at a time`,
		'Put this node into a Loop Over Items node with a Batch Size of 1, or, with what follows the answer, into a sub-workflow that runs once for each item and that nobody waits for.',
	);

const NO_TOOL = new InputError(
	'This operation',
	'cannot wait as a tool of an agent',
	'Put the node between the agent and the tool that needs an approval: Add Human Review Step.',
);

/**
 * Of several calls that an agent makes at once, n8n puts the same node into all entries of its stack. It
 * disables the node of the first entry when the execution goes on, and with it the others: what came in
 * with them would pass, unasked.
 */
function unshareNodes(context: IExecuteFunctions): void {
	const { runExecutionData } = context as IExecuteFunctions & WithExecution;
	for (const entry of runExecutionData?.executionData?.nodeExecutionStack ?? []) {
		entry.node = { ...entry.node };
	}
}

/**
 * Asks, and puts the execution to wait. Whatever n8n puts out when nobody answers in time are the items
 * that it keeps for the node: so these are replaced, or what an agent wrote into them could count as an
 * approval. (What the node sees of them may be a copy, as with "Execute Once".) For the same reason
 * nothing is thrown where the user chose to go on: n8n would let the items pass.
 *
 * @param ask gives what came of asking; an item with an error where the user chose to go on
 */
export async function askAndWait(
	context: IExecuteFunctions,
	{ asTool }: Environment,
	node: INode,
	ask: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	try {
		if (items.length > 1) throw ONE_AT_A_TIME(items.length);
		if (asTool && !isReview(node)) throw NO_TOOL;
		const told = await ask();
		const asked = readAsked(context.getContext('node'));
		const isAsked = told.length > 0 && told.every(({ json }) => json.error === undefined);
		if (asked === undefined || !isAsked) return told;
		const { question, until } = asked;
		const unanswered = () => [{ json: timedOutAnswer(question), pairedItem: { item: 0 } }];
		const kept = context.getExecuteData();
		kept.data = { ...kept.data, main: [unanswered()] };
		unshareNodes(context);
		await context.putExecutionToWait(until === undefined ? WAIT_INDEFINITELY : new Date(until));
		// Not those that n8n keeps: it empties what is put out where errors have an output of their own.
		return unanswered();
	} catch (failure) {
		if (!context.continueOnFail()) throw toNodeError(node, 'send', failure, 0);
		return [toErrorItem(node, 'send', failure, 0)];
	}
}

/** The webhooks of a node that asks: a look shows the page, and only what is sent from there decides. */
export const QUESTION_WEBHOOKS = (['GET', 'POST'] as const).map(
	(httpMethod): IWebhookDescription => ({
		name: 'default',
		httpMethod,
		responseMode: 'onReceived',
		responseData: '',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		isFullPath: true,
	}),
);

/** What the body of a request answers; undefined where it is no answer. */
function readAnswer(question: Question, body: IDataObject): Answer | PageOutcome {
	if (question.responseType === 'freeText') {
		const text = toText(body.text).replace(/\r\n?/g, '\n').trim();
		if (text.length > MAX_ANSWER) return 'tooLong';
		return text === '' ? 'noText' : { text };
	}
	if (body.answer === 'approve') return { approved: true };
	return body.answer === 'decline' && question.canDecline ? { approved: false } : 'noChoice';
}

const toldOf = (answer: Answer): PageOutcome =>
	'text' in answer ? 'answered' : answer.approved ? 'approved' : 'declined';

/** Answers that this process has taken, so that of two at the same instant one counts. */
const taken = new Map<string, number>();

/** So long n8n may take to go on with the execution. */
const TAKING_MS = 30_000;

function take(question: Question): { give(): void } | undefined {
	const key = `${question.executionId} ${question.id}`;
	const now = Date.now();
	for (const [other, at] of taken) if (now - at > TAKING_MS) taken.delete(other);
	if (taken.has(key)) return undefined;
	taken.set(key, now);
	return { give: () => taken.delete(key) };
}

interface WithExecution {
	readonly runExecutionData?: IRunExecutionData;
}

/** A message that answers, as a trigger hands it on: with the secret of the question. */
const isByMessage = (body: IDataObject): boolean => typeof body.secret === 'string';

const isSecretOf = ({ secret }: Question, given: unknown): boolean =>
	secret !== undefined && constantTimeEqual(given, secret);

async function handle(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response: OutgoingAnswer & { send(body: unknown): unknown } = context.getResponseObject();
	const language = languageOf(context.getHeaderData()['accept-language']);
	const workflow = context.getWorkflow().name ?? '';
	const query: unknown = context.getQueryData();
	const questionId = isRecord(query) ? query.q : undefined;
	// The next question of the same node has the same address, but for this.
	const asked = askedIn((context as IWebhookFunctions & WithExecution).runExecutionData).find(
		({ question: { id } }) => id === questionId,
	);
	// n8n looks once a minute whether the time is up.
	const question = asked && isOpen(asked, Date.now()) ? asked.question : undefined;
	const body: unknown = context.getBodyData();
	const fields = isRecord(body) ? body : {};
	const isAnswer = context.getRequestObject().method === 'POST';
	const byMessage = isAnswer && isByMessage(fields);

	for (const [name, value] of Object.entries({ ...PAGE_HEADERS, 'content-type': HTML })) {
		response.setHeader(name, value);
	}
	const show = (status: number, told?: PageOutcome): IWebhookResponseData => {
		response.statusCode = status;
		const isShown = question !== undefined && told !== 'over' && !byMessage;
		response.send(
			answerPage(language, {
				...(isShown ? { shown: { question, workflow } } : {}),
				...(told === undefined ? {} : { told }),
			}),
		);
		return { noWebhookResponse: true };
	};
	if (question === undefined) return show(410, 'over');
	if (!isAnswer) return show(200);
	if (byMessage && !isSecretOf(question, fields.secret)) return show(403, 'over');
	const answer = readAnswer(question, fields);
	if (typeof answer === 'string') return show(400, answer);
	const own = take(question);
	if (own === undefined) return show(409, 'over');
	const refusal = { status: 409, contentType: HTML, body: answerPage(language, { told: 'over' }) };
	followAnswer(response, refusal, (isStored) => {
		if (!isStored) own.give();
	});
	return {
		webhookResponse: byMessage ? RESUMED : answerPage(language, { told: toldOf(answer) }),
		workflowData: [
			[
				{
					json: {
						data: { ...answer },
						respondedBy: byMessage ? 'sms' : 'link',
						respondedAt: new Date().toISOString(),
						...question.about,
					},
				},
			],
		],
	};
}

/** Answers a request to the link of a question. Throws nothing: n8n would end the execution. */
export const answerQuestion = async (context: IWebhookFunctions): Promise<IWebhookResponseData> =>
	await handle(context).catch((error: unknown) => {
		context.logger.error(
			`An answer to "${context.getNode().name}" could not be taken: ${String(error)}`,
		);
		const response = context.getResponseObject();
		if (!response.headersSent)
			response
				.status(500)
				.type('html')
				.send(answerPage('en', { told: 'failed' }));
		return { noWebhookResponse: true };
	});
