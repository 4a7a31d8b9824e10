/** One call as the document describes it. */
export interface M2mOperation {
	readonly paragraph: string;
	readonly path: string;
	/** The business fields in the order in which the document's sign formula joins them. */
	readonly fields: readonly string[];
}

/**
 * The twelve calls of M2M §2. `fields` is written out from the formula that stands under `sign` in
 * each request table, never taken from a request, so that a wrong order is found out.
 */
export const OPERATIONS = {
	getCard: { paragraph: '2.1', path: '/M2MSearchInfo.ashx', fields: ['key'] },
	getCardStatus: { paragraph: '2.2', path: '/M2MSearchTermInfo.ashx', fields: ['key', 'status'] },
	sendSms: {
		paragraph: '2.3',
		path: '/M2MSmsSend.ashx',
		fields: ['sendkey', 'mobiletype', 'mobile', 'content'],
	},
	sendFormattedSms: {
		paragraph: '2.4',
		path: '/M2MSmsSendFmt.ashx',
		fields: ['sendkey', 'fmt', 'mobile', 'content'],
	},
	getDelivery: { paragraph: '2.5', path: '/M2MHistorySend.ashx', fields: ['sendkey'] },
	getReplies: { paragraph: '2.6', path: '/M2MHistorySend.ashx', fields: ['num'] },
	getMonthlyUsage: {
		paragraph: '2.7',
		path: '/M2MSearchMonthFlow.ashx',
		fields: ['key', 'month'],
	},
	getRemaining: { paragraph: '2.8', path: '/M2MSurplusFlow.ashx', fields: ['key'] },
	startDiagnosis: { paragraph: '2.9', path: '/M2MMacState.ashx', fields: ['cardcode'] },
	getDiagnosis: { paragraph: '2.10', path: '/M2MMacStateResult.ashx', fields: ['cardcode'] },
	locate: { paragraph: '2.11', path: '/M2Mlocation.ashx', fields: ['key'] },
	getBaseStation: {
		paragraph: '2.12',
		path: '/M2MLbsInfo.ashx',
		fields: ['mcc', 'mnc', 'lac', 'cellid'],
	},
} as const satisfies Record<string, M2mOperation>;

export type M2mOperationName = keyof typeof OPERATIONS;

export const OPERATION_NAMES = Object.keys(OPERATIONS) as M2mOperationName[];

/**
 * The calls served at a path. The document prints one path for §2.5 and §2.6; `repliesPath` moves
 * the latter elsewhere.
 */
export function operationsAt(path: string, repliesPath: string): M2mOperationName[] {
	return OPERATION_NAMES.filter(
		(name) => path === (name === 'getReplies' ? repliesPath : OPERATIONS[name].path),
	);
}

/** The call that a body asks for at a path: where two share one, only the replies' has `num`. */
export function chooseOperation(
	path: string,
	repliesPath: string,
	body: Record<string, unknown>,
): M2mOperationName {
	const [first = 'getCard', second] = operationsAt(path, repliesPath);
	return second !== undefined && !('sendkey' in body) && 'num' in body ? second : first;
}

/** The call that a request is; undefined: there is none. For whoever looks on, by the usual paths. */
export function m2mOperationOf(path: string, body: string): M2mOperationName | undefined {
	const [first] = operationsAt(path, OPERATIONS.getReplies.path);
	if (first === undefined) return undefined;
	const hasNumOnly = /"num"\s*:/.test(body) && !/"sendkey"\s*:/.test(body);
	return chooseOperation(
		path,
		OPERATIONS.getReplies.path,
		hasNumOnly ? { num: '' } : { sendkey: '' },
	);
}
