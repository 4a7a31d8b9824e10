import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';

import type { Environment, Vendor, VendorClient } from '../contracts/operation';
import { sendRequest } from '../wire/transport';

/**
 * Opens the client of a vendor with the credential of the node, decrypted once for all requests.
 *
 * @param waitForTurn resolves when the next request may start, and throws when it may not
 */
export async function openVendorClient(
	context: IExecuteFunctions | IPollFunctions,
	vendor: Vendor<unknown>,
	options: {
		readonly environment: Environment;
		readonly timeoutMs: number;
		readonly continueOnFail: boolean;
		readonly waitForTurn?: () => Promise<void>;
	},
): Promise<VendorClient<unknown>> {
	const { environment, timeoutMs, continueOnFail, waitForTurn } = options;
	const type = vendor.credentialType;
	const id = context.getNode().credentials?.[type]?.id ?? '';
	const credential = { id, data: await context.getCredentials(type) };
	return {
		environment,
		continueOnFail,
		account: id,
		send: async (request) => {
			await waitForTurn?.();
			return await sendRequest({ context, vendor, credential, timeoutMs }, request);
		},
	};
}
