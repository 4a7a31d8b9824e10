import type { M2mOperationName } from '../operations';
import { getCard, getCardStatus, getMonthlyUsage, getRemaining } from './cards';
import { getBaseStation, getDiagnosis, locate, startDiagnosis } from './devices';
import type { Handler } from './handler';
import { getDelivery, getReplies, sendFormattedSms, sendSms } from './sms';

/** What each call of M2M §2 does once its signature is right. */
export const HANDLERS: Readonly<Record<M2mOperationName, Handler>> = {
	getCard,
	getCardStatus,
	sendSms,
	sendFormattedSms,
	getDelivery,
	getReplies,
	getMonthlyUsage,
	getRemaining,
	startDiagnosis,
	getDiagnosis,
	locate,
	getBaseStation,
};
