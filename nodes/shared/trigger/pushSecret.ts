/**
 * What a push is checked with, from the credential of the node. A credential's expressions are resolved
 * when n8n hands it out, so that a field which an expression fills with nothing looks like an empty one.
 * Only what is really empty means that the user wants no check.
 */
import type {
	ICredentialDataDecryptedObject,
	IWebhookFunctions,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import type { PushVendor } from '../contracts/push';
import { pastedText } from '../wire/secrets';
import { isRecord } from '../wire/values';
import type { PushSecret } from './verifyPush';

/** What n8n's contexts have beside what nodes are promised. */
type WithAdditionalData = IWebhookFunctions & {
	readonly additionalData?: Partial<IWorkflowExecuteAdditionalData>;
};

/** The credential as it is stored, its expressions not resolved; undefined where n8n does not show it. */
async function readStored(
	context: IWebhookFunctions,
	type: string,
): Promise<ICredentialDataDecryptedObject | undefined> {
	const { additionalData } = context as WithAdditionalData;
	const node = context.getNode();
	const details = node.credentials?.[type];
	const helper = additionalData?.credentialsHelper;
	if (additionalData === undefined || helper === undefined || details === undefined) {
		return undefined;
	}
	const execution = { data: {}, node, source: null };
	return await helper.getDecrypted(
		additionalData as IWorkflowExecuteAdditionalData,
		details,
		type,
		context.getMode(),
		execution,
		true,
	);
}

const isBlank = (value: unknown): boolean =>
	value === undefined || (typeof value === 'string' && pastedText(value) === '');

/**
 * Reads the secret.
 *
 * @returns empty when the field is; undefined when something in it gives no text
 */
export async function readPushSecret(
	context: IWebhookFunctions,
	{ credentialType, secretField }: PushVendor,
): Promise<PushSecret> {
	const { [secretField]: given } = await context.getCredentials(credentialType);
	const secret = pastedText(given);
	if (secret !== '') return secret;
	if (!isBlank(given)) return undefined;
	const stored = await readStored(context, credentialType);
	return isRecord(stored) && isBlank(stored[secretField]) ? '' : undefined;
}
