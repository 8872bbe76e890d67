import { colleagueRows } from './colleague-rows.ts';
import type { PoolClient } from 'pg';
import { asLsn } from '../../shared/domain/ids.ts';
import {
  accountRow,
  deleteAttempts,
  deleteAttemptsBefore,
  lockAttempts,
  upsertAccount,
  upsertAttempts,
} from './account-rows.ts';
import type { AccountTransaction } from './account-store.ts';
import { auditFact, chained } from './audit-chain.ts';
import {
  commandNumberedRow,
  deskNumberRow,
  insertConsultation,
  insertDesk,
  insertNumber,
  insertResult,
  lockCounter,
  resultRow,
} from './command-rows.ts';
import {
  claimRow,
  contactsByIds,
  contactsByReference,
  insertRow,
  lockRow,
  updateRow,
} from './contact-rows.ts';
import {
  insertReceipt,
  insertUpdateReceipt,
  nextInSeries,
  putToldText,
  receiptRow,
  toldTextRow,
  updateReceiptRow,
} from './intake-rows.ts';
import {
  exchangePositionRow,
  insertStep,
  lockCounterRow,
  nextArrivalNumbers,
  nextDeskSeq,
  putExchangePosition,
  type CounterRow,
} from './log-rows.ts';
import { countTry, insertPhoto, photoCount, photoRow, putLookedAt } from './photo-rows.ts';
import {
  deleteMessage,
  insertMessage,
  nextMessageDueRow,
  putOffMessageRow,
  takeDueMessageRow,
} from './outbound-rows.ts';
import { TryAgain } from './postgres-errors.ts';
import type { StoreTransaction } from './queue-store.ts';
import {
  endSignInRows,
  insertAlias,
  insertSignIn,
  lastSeenRow,
  paperLogRow,
  putStatusRow,
  standingRows,
  statusRow,
  touchSignIn,
} from './sign-in-rows.ts';

/** A transaction's hands on one connection, between its `begin` and its `commit`. `atCounter`: awaited before the counter row is taken. */
export function transactionOn(
  client: PoolClient,
  atCounter: () => Promise<void> = () => Promise.resolve(),
): StoreTransaction {
  /** As this transaction leaves it; `null` until it holds the row. */
  let counter: CounterRow | null = null;
  return {
    ...accountsOn(client),
    photoCount: (contact) => photoCount(client, contact),
    photo: (id) => photoRow(client, id),
    insertPhoto: (photo) => insertPhoto(client, photo),
    countTry: (id) => countTry(client, id),
    keepLookedAt: (id, lookedAt) => putLookedAt(client, id, lookedAt),
    lockCommandCounter: (desk, incarnation) => lockCounter(client, desk, incarnation),
    commandNumbered: (desk, incarnation, cmdSeq) => commandNumberedRow(client, desk, incarnation, cmdSeq),
    numberCommand: (desk, incarnation, cmdSeq, command) =>
      insertNumber(client, desk, incarnation, cmdSeq, command),
    resultOf: (command) => resultRow(client, command),
    async keepResult(result) {
      if (!(await insertResult(client, result)))
        throw new TryAgain(`command ${result.command} was answered meanwhile`);
    },
    claimIfWaiting: (contact, by, at) => claimRow(client, contact, by, at),
    contact: async (contact) => (await contactsByIds(client, [contact]))[0] ?? null,
    contactsNamed: (references, limit) => contactsByReference(client, references, limit),
    lockContact: (contact) => lockRow(client, contact),
    writeContact: (before, after) => updateRow(client, before, after),
    insertContact: (contact) => insertRow(client, contact),
    firstConsultation: (contact, handler, minute) => insertConsultation(client, contact, handler, minute),
    receiptOf: (source, key) => receiptRow(client, source, key),
    async keepReceipt(receipt) {
      if (!(await insertReceipt(client, receipt))) throw new TryAgain('the key was answered meanwhile');
    },
    updateReceiptOf: (source, key) => updateReceiptRow(client, source, key),
    async keepUpdateReceipt(receipt) {
      if (!(await insertUpdateReceipt(client, receipt))) throw new TryAgain('the key was answered meanwhile');
    },
    toldText: (digest) => toldTextRow(client, digest),
    keepToldText: (digest, contact, at) => putToldText(client, digest, contact, at),
    exchangePosition: (source) => exchangePositionRow(client, source),
    keepExchangePosition: (source, lsn) => putExchangePosition(client, source, lsn),
    async nextArrival(day) {
      await atCounter();
      const { counter: now, ...numbers } = await nextArrivalNumbers(client, day);
      counter ??= now;
      return numbers;
    },
    keepMessage: (message) => insertMessage(client, message),
    takeDueMessage: (now, again) => takeDueMessageRow(client, now, again),
    putOffMessage: (id, until) => putOffMessageRow(client, id, until),
    endMessage: (id) => deleteMessage(client, id),
    nextMessageDue: () => nextMessageDueRow(client),
    nextRecordNumber: (series) => nextInSeries(client, series),
    async deskNumber(desk) {
      const known = await deskNumberRow(client, desk);
      if (known !== null) return known;
      const number = await nextDeskSeq(client);
      if (!(await insertDesk(client, desk, number)))
        throw new TryAgain(`desk ${desk} was numbered meanwhile`);
      return number;
    },
    async append(event, flash, draft) {
      if (counter === null) {
        await atCounter();
        counter = await lockCounterRow(client);
      }
      const end = asLsn(counter.lsn + (event === null ? 0 : 1));
      const lsn = event === null ? null : end;
      const audit = chained(counter.audit, auditFact(draft, event === null ? null : { ...event, lsn: end }));
      await insertStep(client, { lsn: end, event: event === null ? null : { event, flash }, audit });
      counter = { lsn: end, audit };
      return lsn;
    },
  };
}

function accountsOn(client: PoolClient): AccountTransaction {
  return {
    account: (handler) => accountRow(client, handler),
    putAccount: (account) => upsertAccount(client, account),
    async standing(digest) {
      const [standing] = await standingRows(client, [digest]);
      return standing ?? null;
    },
    keepSignIn: (signIn) => insertSignIn(client, signIn),
    seeSignIn: (digest, at) => touchSignIn(client, digest, at),
    endSignIns: (which, at) => endSignInRows(client, which, at),
    lastSeenAt: (handler, desk) => lastSeenRow(client, handler, desk),
    attempts: (key) => lockAttempts(client, key),
    keepAttempts: (key, attempts, forgetAt) => upsertAttempts(client, key, attempts, forgetAt),
    dropAttempts: (key) => deleteAttempts(client, key),
    dropAttemptsBefore: (now) => deleteAttemptsBefore(client, now),
    putDeskStatus: (desk, handler, status) => putStatusRow(client, desk, handler, status),
    deskStatus: (desk) => statusRow(client, desk),
    colleagues: (seenSince) => colleagueRows(client, seenSince),
    contactOfPaperLog: (name) => paperLogRow(client, name),
    async keepAlias(kind, name, contact) {
      if (!(await insertAlias(client, kind, name, contact)))
        throw new TryAgain(`contact ${contact} was named meanwhile`);
    },
  };
}
