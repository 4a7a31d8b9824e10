/** The M2M card platform (m2m-v3.0): what it can do, by use, the most usual of each resource first. */
import { createReport } from './operations/createReport';
import { diagnoseDevice } from './operations/diagnoseDevice';
import { getBaseStation } from './operations/getBaseStation';
import { getCard } from './operations/getCard';
import { getCardOverview } from './operations/getCardOverview';
import { getCardStatus } from './operations/getCardStatus';
import { getDiagnosis } from './operations/getDiagnosis';
import { getManyCards } from './operations/getManyCards';
import { getMonthlyData } from './operations/getMonthlyData';
import { getRemainingData } from './operations/getRemainingData';
import { getSmsDelivery } from './operations/getSmsDelivery';
import { getSmsReplies } from './operations/getSmsReplies';
import { locate } from './operations/locate';
import { sendFormattedSms } from './operations/sendFormattedSms';
import { sendSms } from './operations/sendSms';
import { sendSmsAndWaitForDelivery } from './operations/sendSmsAndWaitForDelivery';
import { startDiagnosis } from './operations/startDiagnosis';

// A table, as a bundler puts the exports of a module in the order of the alphabet.
export const m2mOperations = {
	getCardOverview,
	getManyCards,
	getCardStatus,
	getCard,
	createReport,
	getMonthlyData,
	getRemainingData,
	sendSms,
	sendSmsAndWaitForDelivery,
	getSmsDelivery,
	getSmsReplies,
	sendFormattedSms,
	diagnoseDevice,
	getDiagnosis,
	startDiagnosis,
	getBaseStation,
	locate,
};
