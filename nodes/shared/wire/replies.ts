/** What is common to replies of all vendors: text that should be data and at times is not. */
import type { IDataObject } from 'n8n-workflow';

import { isRedirect, isRefusingStatus } from '../contracts/clearRefusals';
import { quote, VendorError } from '../contracts/errors';
import type { VendorResponse } from '../contracts/operation';
import type { JsonReading } from './brokenJson';
import { readJson } from './json';
import { isRecord } from './values';

/** Characters of a page that an error repeats. */
const MAX_TITLE = 120;
const MAX_EXCERPT = 200;

const TITLE = /<(?:title|h1|h2)[^<>]*>([^<]{1,1000})/i;

/**
 * Puts a reply that is not the vendor's data into words: an error page, nothing, or a part of it.
 *
 * @param cutOff whether the text starts as the expected format does and breaks off
 * @param problem what is wrong with a text of the expected format that cannot be read, and where
 */
export function createUnreadableReplyError(
	response: VendorResponse,
	vendorName: string,
	cutOff: boolean,
	problem?: string,
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
	if (isPage || (status >= 400 && !cutOff && problem === undefined)) {
		const title = quote(TITLE.exec(text)?.[1]?.trim() ?? '', MAX_TITLE);
		return new VendorError(
			`${vendorName} answered with an error page instead of data (${http}${title === '' ? '' : `: ${title}`})`,
			{
				code: status >= 400 ? `HTTP_${status}` : 'NOT_DATA',
				vendorMessage: isPage ? title : quote(text, MAX_EXCERPT),
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
	if (problem !== undefined) {
		return new VendorError(`${vendorName} sent a reply that cannot be read: ${problem} (${http})`, {
			code: 'NOT_DATA',
			vendorMessage: quote(text, MAX_EXCERPT),
			advice:
				'The reply is complete, but the platform wrote it wrongly. Show this to the platform, with the time of the request.',
			outcomeUnknown,
		});
	}
	return new VendorError(
		`${vendorName} sent a reply that is not in its documented format (${http})`,
		{
			code: 'NOT_DATA',
			vendorMessage: quote(text, MAX_EXCERPT),
			advice:
				'Check Base URL in the credential: something other than the platform may be answering there.',
			outcomeUnknown,
		},
	);
}

/** A reply that holds one JSON object, or the beginning of one. */
export interface ObjectReading extends JsonReading {
	readonly value: IDataObject;
}

/** The error of a reply of which not all could be read. */
export const createFlawedReplyError = (
	response: VendorResponse,
	vendorName: string,
	{ flaw, nested }: Pick<JsonReading, 'flaw' | 'nested'>,
): VendorError =>
	createUnreadableReplyError(
		response,
		vendorName,
		flaw?.isCutOff ?? false,
		flaw?.problem ?? nested,
	);

/** Whether a reply of one thing was read as it was meant. */
export const isWhole = ({ flaw, nested }: JsonReading): boolean =>
	flaw === undefined && nested === undefined;

/**
 * Reads a reply as one JSON object, whatever its label says, as far as it can be read.
 *
 * @throws VendorError for an error page, an empty body or a foreign text
 */
export function readJsonReply(response: VendorResponse, vendorName: string): ObjectReading {
	const reading = readJson(response.text.trim());
	if (!isRecord(reading.value)) throw createFlawedReplyError(response, vendorName, reading);
	return { ...reading, value: reading.value };
}

/**
 * Reads a reply as one JSON object, whatever its label says.
 *
 * @throws VendorError for an error page, an empty body, a broken-off or a foreign text
 */
export function parseJsonReply(response: VendorResponse, vendorName: string): IDataObject {
	const reading = readJsonReply(response, vendorName);
	if (!isWhole(reading)) throw createFlawedReplyError(response, vendorName, reading);
	return reading.value;
}
