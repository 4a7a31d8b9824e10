/**
 * The first half of a push trigger: decides on a push as it comes in.
 * A push with something in it starts an execution, whose first step is the second half, `emitPush`.
 */
import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { deduplicationKeys, type SealedContents } from './deduplicator';
import { sealEnvelope } from './envelope';
import { isAllowed, type Allowlist } from './ipAllowlist';
import type { PushTrigger } from '../contracts/push';
import { nodeStateOf } from './nodeState';
import { followAnswer, PLAIN_TEXT, type OutgoingAnswer } from '../n8n/outgoingAnswer';
import { readIpAllowlist, readPushOptions } from './pushOptions';
import { readPushSecret } from './pushSecret';
import { sealedContents } from './sealMemory';
import { withSecret } from './secretCache';
import { readFields, type ReadParameter } from './triggerProperties';
import {
	verifyPush,
	type IncomingPush,
	type PushResult,
	type PushSecret,
	type VerificationSettings,
} from './verifyPush';
import { isRecord, toText } from '../wire/values';

/** What n8n adds to the request that it hands to a node. */
interface IncomingRequest {
	readonly ip?: string;
	readonly body?: unknown;
	readonly rawBody?: Uint8Array;
	readonly readRawBody?: () => Promise<void>;
}

const NO_BYTES = new Uint8Array();

/** n8n takes multipart forms apart itself; everything else can be read as it was sent. */
async function readBody(request: IncomingRequest, contentType: string) {
	const form = isRecord(request.body) && isRecord(request.body.data) ? request.body.data : {};
	if (/^\s*multipart\//i.test(contentType)) {
		const formTexts = Object.entries(form).flatMap(([name, value]) => [toText(value), name]);
		return { bytes: NO_BYTES, contentType, formTexts };
	}
	// Not every content type was read already.
	if (request.rawBody === undefined) await request.readRawBody?.();
	return { bytes: request.rawBody ?? NO_BYTES, contentType, formTexts: [] };
}

/** Ends the request without an execution. */
function respond(context: IWebhookFunctions, status: number, body: string): IWebhookResponseData {
	context.getResponseObject().status(status).type('text/plain').send(body);
	return { noWebhookResponse: true };
}

const PROXY_ADVICE =
	'If this is the address of a reverse proxy, set the environment variable N8N_PROXY_HOPS to the number of proxies in front of n8n, so that it sees the address of the sender. Otherwise add the address to IP Allowlist in the options of the node.';

/** Why the address may not send; undefined when it may. */
function findAddressProblem(allowlist: Allowlist | undefined, address: string): string | undefined {
	if (allowlist === undefined || isAllowed(allowlist, address)) return undefined;
	const { blocks, invalid } = allowlist;
	if (blocks.length === 0 && invalid.length === 0) {
		return 'the node is misconfigured: IP Allowlist is set, but gives no address, so nobody can push. Write addresses into it, or remove it from the options of the node.';
	}
	const flaw =
		invalid[0] === undefined ? '' : ` "${invalid[0]}" in it is not an IP address or CIDR block.`;
	return `IP Allowlist does not hold the address ${address}.${flaw} ${PROXY_ADVICE}`;
}

/** Decides on the push, with the secret of the node's credential. */
async function verifyWithCredential(
	context: IWebhookFunctions,
	trigger: PushTrigger,
	push: IncomingPush,
	settings: Omit<VerificationSettings, 'secret'>,
): Promise<PushResult> {
	const { credentialType, proof } = trigger.vendor;
	const attempt = (secret: PushSecret) => verifyPush(trigger, push, { ...settings, secret });
	const id = context.getNode().credentials?.[credentialType]?.id;
	// The credential is optional where the vendor signs nothing.
	if (proof === 'token' && !id) return attempt('');
	const readSecret = async () => await readPushSecret(context, trigger.vendor);
	const isTrusted = (result: PushResult) => result.outcome !== 'refused' || result.status !== 401;
	return await withSecret(id ?? '', readSecret, attempt, isTrusted);
}

/** The first step of the execution is `emitPush`. */
const startExecution = (envelope: INodeExecutionData): IWebhookResponseData => ({
	workflowData: [[envelope]],
});

async function handlePush(
	context: IWebhookFunctions,
	trigger: PushTrigger,
): Promise<IWebhookResponseData> {
	const { vendor } = trigger;
	const read: ReadParameter = (name) => context.getNodeParameter(name, null);
	const refuse = (status: number, reason: string) => {
		context.logger.warn(`A push to "${context.getNode().name}" was refused: ${reason}`);
		return respond(context, status, vendor.refusal);
	};

	const options = readPushOptions(trigger, read);
	const request: IncomingRequest = context.getRequestObject();
	const problem = findAddressProblem(readIpAllowlist(context, read), request.ip ?? '');
	if (problem !== undefined) return refuse(403, problem);

	const body = await readBody(request, toText(context.getHeaderData()['content-type']));
	const query: unknown = context.getQueryData();
	const token = isRecord(query) ? query.token : undefined;
	const { deduplicator, queue, seals } = nodeStateOf(context);
	let sealed: SealedContents | undefined;
	const result = await verifyWithCredential(
		context,
		trigger,
		{ ...body, token },
		{
			parameters: readFields(trigger.fields, read),
			maxAgeMs: trigger.maxAgeMs?.(options) ?? 0,
			admits: (seal, all) => {
				sealed = sealedContents(seal, all);
				return seals.admits(sealed);
			},
		},
	);
	if (result.outcome === 'refused') return refuse(result.status, result.reason);
	if (result.outcome === 'ignored') return respond(context, 200, vendor.acknowledgement);

	const { isProven } = result;
	const records = result.records.map((record) => ({ ...record, isProven }));
	const answer: OutgoingAnswer = context.getResponseObject();
	answer.setHeader('content-type', PLAIN_TEXT);
	// In a test, every push is shown.
	if (context.getMode() === 'manual') {
		return startExecution(sealEnvelope(records, context.getNodeWebhookUrl('default')));
	}
	const keys = deduplicationKeys(trigger, records, options);
	const turn = await queue.enqueue({
		records: records.map((record, position) => ({
			...record,
			key: keys[position],
			sealed,
			isOnce: trigger.onceKey?.(record, options) !== undefined,
		})),
		isDuplicate: () => deduplicator.hasAll(keys),
	});
	if (turn.kind === 'stored') return respond(context, 200, vendor.acknowledgement);
	if (turn.kind === 'failed') return respond(context, 500, vendor.refusal);
	const refusal = { contentType: PLAIN_TEXT, body: vendor.refusal };
	followAnswer(answer, refusal, (isStored) => {
		// What happens only once is claimed by executions: they know of seals that other processes saw.
		const known = turn.records.filter(({ isOnce }) => isOnce !== true);
		if (isStored) deduplicator.noteStored(known.map(({ key }) => key));
		turn.end(isStored);
	});
	return startExecution(sealEnvelope(turn.records));
}

/** Answers a push, with an execution when there is something in it that the user asked for. */
export const receivePush = async (
	context: IWebhookFunctions,
	trigger: PushTrigger,
): Promise<IWebhookResponseData> =>
	await handlePush(context, trigger).catch((error: unknown) => {
		// A credential or an expression that fails: the vendor shall try again later.
		const { name } = context.getNode();
		context.logger.error(`A push to "${name}" could not be received: ${String(error)}`);
		return respond(context, 500, trigger.vendor.refusal);
	});
