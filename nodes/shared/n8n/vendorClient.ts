import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';

import type { Environment, Vendor, VendorClient, VendorRequest } from '../contracts/operation';
import type { SideBySide } from '../wire/sideBySide';
import { sendRequest } from '../wire/transport';

/** How a client makes its requests. */
interface Manner {
	readonly timeoutMs: number;
	/** As {@link VendorClient.limit}; without it, one by one. */
	readonly limit?: () => number;
	/** Sends when the request's turn comes, and throws when it does not. */
	readonly inTurn?: <Reply>(
		send: () => Promise<Reply>,
		request: Pick<VendorRequest, 'isAskedOnce'>,
	) => Promise<Reply>;
}

/**
 * The manner of requests that may run side by side.
 *
 * @param start resolves when the next request may start, and throws when it may not
 */
export const inTurns = (
	sideBySide: SideBySide,
	{ concurrency, timeout }: { readonly concurrency: number; readonly timeout: number },
	start: () => Promise<void>,
): Manner => ({
	timeoutMs: timeout,
	limit: () => sideBySide.limitOf(concurrency),
	inTurn: async (send, { isAskedOnce }) =>
		await sideBySide.run(concurrency, start, send, isAskedOnce),
});

interface Surroundings {
	readonly environment: Environment;
	readonly continueOnFail: boolean;
}

/** Opens a vendor with the credential of the node, decrypted once for all of its clients. */
export async function openVendor(
	context: IExecuteFunctions | IPollFunctions,
	vendor: Vendor<unknown>,
	{ environment, continueOnFail }: Surroundings,
): Promise<(manner: Manner) => VendorClient<unknown>> {
	const type = vendor.credentialType;
	const id = context.getNode().credentials?.[type]?.id ?? '';
	const credential = { id, data: await context.getCredentials(type) };
	const atOnce = async <Reply>(send: () => Promise<Reply>): Promise<Reply> => await send();
	return ({ timeoutMs, limit = () => 1, inTurn = atOnce }) => {
		const readAs = <Reply>(read: Vendor<Reply>): VendorClient<Reply> => ({
			environment,
			continueOnFail,
			account: id,
			limit,
			send: async (request) =>
				await inTurn(
					async () => await sendRequest({ context, vendor: read, credential, timeoutMs }, request),
					request,
				),
			readAs,
		});
		return readAs(vendor);
	};
}

/** Opens the client of a vendor that makes all requests in the same manner. */
export const openVendorClient = async (
	context: IExecuteFunctions | IPollFunctions,
	vendor: Vendor<unknown>,
	options: Surroundings & Manner,
): Promise<VendorClient<unknown>> => (await openVendor(context, vendor, options))(options);
