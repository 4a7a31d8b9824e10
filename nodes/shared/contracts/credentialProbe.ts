import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import type { Vendor, VendorRequest } from './operation';

/** What a credential is tried with: a request that neither costs nor consumes. */
export interface CredentialProbe<Reply> {
	readonly vendor: Vendor<Reply>;
	readonly authenticate: (
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	) => IHttpRequestOptions;
	readonly request: VendorRequest;
	/** Codes of refusals that only a right credential gets, such as "no such card". */
	readonly acceptedCodes: readonly string[];
}
