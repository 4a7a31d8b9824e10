/** What is common to replies of all vendors: text that should be data and at times is not. */
import type { IDataObject } from 'n8n-workflow';

import { isRedirect, isRefusingStatus } from '../contracts/clearRefusals';
import { VendorError } from '../contracts/errors';
import type { VendorResponse } from '../contracts/operation';
import { parseJson } from './json';
import { isRecord } from './values';

const TITLE = /<(?:title|h1|h2)[^>]*>([^<]{1,120})/i;

/**
 * Puts a reply that is not the vendor's data into words: an error page, nothing, or a part of it.
 *
 * @param cutOff whether the text starts as the expected format does and breaks off
 */
export function createUnreadableReplyError(
	response: VendorResponse,
	vendorName: string,
	cutOff: boolean,
): VendorError {
	const { status } = response;
	const text = response.text.trim();
	const outcomeUnknown = !isRefusingStatus(status);
	const http = `HTTP ${status}`;
	if (isRedirect(status)) {
		return new VendorError(`${vendorName} redirected the request elsewhere (${http})`, {
			code: `HTTP_${status}`,
			advice:
				'Check Base URL in the credential: it must be the final address, with http or https right.',
			outcomeUnknown,
		});
	}
	if (text === '') {
		return new VendorError(`${vendorName} sent an empty reply (${http})`, {
			code: 'EMPTY_REPLY',
			advice:
				'The platform or a proxy in between failed. If it stays so, check Base URL in the credential.',
			outcomeUnknown,
		});
	}
	const isPage = /^<(?:!doctype\s+html|html|head|body)/i.test(text);
	if (isPage || (status >= 400 && !cutOff)) {
		const title = TITLE.exec(text)?.[1]?.trim() ?? '';
		return new VendorError(
			`${vendorName} answered with an error page instead of data (${http}${title === '' ? '' : `: ${title}`})`,
			{
				code: status >= 400 ? `HTTP_${status}` : 'NOT_DATA',
				vendorMessage: isPage ? title : text.slice(0, 200),
				advice:
					status === 404
						? 'Check Base URL in the credential: the address exists, but this interface does not exist there.'
						: 'The platform or a proxy in between failed. If it stays so, check Base URL in the credential.',
				outcomeUnknown,
			},
		);
	}
	if (cutOff) {
		return new VendorError(`The reply of ${vendorName} was cut off (${http})`, {
			code: 'TRUNCATED_REPLY',
			advice: 'The connection broke while the reply was on its way.',
			outcomeUnknown,
		});
	}
	return new VendorError(
		`${vendorName} sent a reply that is not in its documented format (${http})`,
		{
			code: 'NOT_DATA',
			vendorMessage: text.slice(0, 200),
			advice:
				'Check Base URL in the credential: something other than the platform may be answering there.',
			outcomeUnknown,
		},
	);
}

/**
 * Reads a reply as one JSON object, whatever its label says.
 *
 * @throws VendorError for an error page, an empty body, a broken-off or a foreign text
 */
export function parseJsonReply(response: VendorResponse, vendorName: string): IDataObject {
	const text = response.text.trim();
	const value = parseJson(text);
	if (isRecord(value)) return value;
	throw createUnreadableReplyError(
		response,
		vendorName,
		value === undefined && text.startsWith('{'),
	);
}
