/** How pushes travel from the webhook that received them to the first step of their execution. */
import { randomUUID } from 'crypto';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { PushRecord } from '../contracts/push';
import { isRecord, toText } from '../wire/values';
import type { SealedContents } from './deduplicator';

/** A record, and the key by which a repeat of it is recognised. */
export interface KeyedRecord extends PushRecord {
	/** Undefined for a record that the user wants every time. */
	readonly key?: string | undefined;
	/** What it came under, where the vendor signs. */
	readonly sealed?: SealedContents | undefined;
	/** Whether it came from somebody who knows a secret. */
	readonly isProven?: boolean;
	/** Whether others with the same key have other fields. Is not sent along. */
	readonly isOnce?: boolean;
}

/** What an execution is started with. */
export interface PushEnvelope {
	/** Names what the execution was started with, whoever runs it and however often. */
	readonly deliveryId: string;
	/** Of one push, or of several that came at the same time. */
	readonly records: readonly KeyedRecord[];
	/** In a test: the URL that was pushed to. */
	readonly testUrl?: string | undefined;
}

/** The envelope as the one item that an execution starts with. */
export function sealEnvelope(
	records: readonly KeyedRecord[],
	testUrl?: string,
): INodeExecutionData {
	const envelope: IDataObject = {
		deliveryId: randomUUID(),
		records: records.map(({ event, row, key, sealed, isProven }) => ({
			...{ event, row, key },
			...(isProven ? { isProven } : {}),
			...(sealed === undefined ? {} : { sealed: { ...sealed } }),
		})),
		testUrl,
	};
	return { json: envelope };
}

function openSealed(sealed: unknown): SealedContents | undefined {
	if (!isRecord(sealed)) return undefined;
	return { seal: toText(sealed.seal), contents: toText(sealed.contents) };
}

/** What {@link sealEnvelope} made, also after n8n stored it. */
export function openEnvelope(item: INodeExecutionData | undefined): PushEnvelope {
	const { deliveryId, records, testUrl } = item?.json ?? {};
	return {
		deliveryId: toText(deliveryId),
		records: (Array.isArray(records) ? records : []).flatMap((record: unknown) =>
			isRecord(record) && isRecord(record.row)
				? [
						{
							event: toText(record.event),
							row: record.row,
							key: toText(record.key) || undefined,
							sealed: openSealed(record.sealed),
							isProven: record.isProven === true,
						},
					]
				: [],
		),
		testUrl: toText(testUrl) || undefined,
	};
}
