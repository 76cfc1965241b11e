import type { Broadcast } from '../rewriting/ports.ts'
import type { LearnerRecords, LearnerStore } from './ports.ts'

type Stores = { learners: LearnerStore; records: LearnerRecords }

/**
 * The same stores, telling all processes of a learner who was changed or erased. `onFailure` hears where the others
 * could not be told: they learn of it by age.
 */
export function announceChanges(
  { learners, records }: Stores,
  broadcast: Broadcast,
  onFailure: (error: unknown) => void,
): Stores {
  const announced = async <T>(userId: string, change: Promise<T>): Promise<T> => {
    const changed = await change
    await broadcast.publish('learner', userId.toLowerCase()).catch(onFailure)
    return changed
  }
  return {
    learners: {
      ...learners,
      savePreferences: (userId, preferences) =>
        announced(userId, learners.savePreferences(userId, preferences)),
      changePreferences: (userId, change) => announced(userId, learners.changePreferences(userId, change)),
    },
    records: { ...records, erase: (userId) => announced(userId, records.erase(userId)) },
  }
}
